import { json } from '@sveltejs/kit';
import { allowOnly, endpoint } from '$lib/server/api.ts';
import { optionalText, readJsonObject, requiredText } from '$lib/server/json-body.ts';
import type { RequestHandler } from './$types';

/** Says why the caller moved a card, of their last move of it, which went into `column`. */
export const POST: RequestHandler = endpoint(async ({ locals, params, request }) => {
	const body = await readJsonObject(request);
	const move = { card: requiredText(body, 'card'), column: requiredText(body, 'column') };
	const reason = requiredText(body, 'reason');
	const source = optionalText(body, 'source') ?? '';
	await locals.services.history.argue(locals.person, params.id, move, { reason, source });
	return json({});
});

export const fallback: RequestHandler = allowOnly('POST');
