import { json } from '@sveltejs/kit';
import { allowOnly, endpoint } from '$lib/server/api.ts';
import type { RequestHandler } from './$types';

/** A round as the caller sees it: before the reveal, of the answers their own alone. */
export const GET: RequestHandler = endpoint(async ({ locals, params: { id, round } }) => {
	return json(await locals.services.rounds.read(locals.person, id, round));
});

export const fallback: RequestHandler = allowOnly('GET', 'HEAD');
