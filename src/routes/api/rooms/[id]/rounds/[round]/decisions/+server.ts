import { json } from '@sveltejs/kit';
import { allowOnly, endpoint } from '$lib/server/api.ts';
import { optionalText, readJsonObject, requiredText } from '$lib/server/json-body.ts';
import type { RequestHandler } from './$types';

/** Adopts the median for a card, places it by hand, or leaves it. */
export const POST: RequestHandler = endpoint(async ({ locals, params, request }) => {
	const body = await readJsonObject(request);
	await locals.services.rounds.decide(locals.person, params.id, params.round, {
		card: requiredText(body, 'card'),
		how: requiredText(body, 'how'),
		column: optionalText(body, 'column')
	});
	return json({});
});

export const fallback: RequestHandler = allowOnly('POST');
