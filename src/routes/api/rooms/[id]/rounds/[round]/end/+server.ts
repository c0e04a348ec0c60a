import { json } from '@sveltejs/kit';
import { allowOnly, endpoint } from '$lib/server/api.ts';
import type { RequestHandler } from './$types';

/** Puts a round away: an open one with its answers unseen, a revealed one as it is. */
export const POST: RequestHandler = endpoint(async ({ locals, params: { id, round } }) => {
	await locals.services.rounds.end(locals.person, id, round);
	return json({});
});

export const fallback: RequestHandler = allowOnly('POST');
