import { json } from '@sveltejs/kit';
import { allowOnly, endpoint } from '$lib/server/api.ts';
import type { RequestHandler } from './$types';

/** Shows the answers to everybody; asked again, it changes nothing. */
export const POST: RequestHandler = endpoint(async ({ locals, params: { id, round } }) => {
	await locals.services.rounds.reveal(locals.person, id, round);
	return json({});
});

export const fallback: RequestHandler = allowOnly('POST');
