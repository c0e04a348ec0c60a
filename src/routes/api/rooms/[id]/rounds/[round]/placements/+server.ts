import { json } from '@sveltejs/kit';
import { allowOnly, endpoint } from '$lib/server/api.ts';
import { optionalText, readJsonObject, requiredText } from '$lib/server/json-body.ts';
import type { RequestHandler } from './$types';

/** Places a card in an open round, in the place of what the caller answered before. */
export const POST: RequestHandler = endpoint(async ({ locals, params, request }) => {
	const body = await readJsonObject(request);
	await locals.services.rounds.place(locals.person, params.id, params.round, {
		card: requiredText(body, 'card'),
		column: requiredText(body, 'column'),
		confidence: optionalText(body, 'confidence'),
		reason: optionalText(body, 'reason')
	});
	return json({});
});

export const fallback: RequestHandler = allowOnly('POST');
