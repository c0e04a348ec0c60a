import { json } from '@sveltejs/kit';
import { allowOnly, endpoint } from '$lib/server/api.ts';
import type { RequestHandler } from './$types';

/** Who has a role in the room, and what the one who asks may do about it. */
export const GET: RequestHandler = endpoint(async ({ locals, params }) =>
	json(await locals.services.people.list(locals.person, params.id))
);

export const fallback: RequestHandler = allowOnly('GET', 'HEAD');
