import { json } from '@sveltejs/kit';
import { allowOnly, endpoint } from '$lib/server/api.ts';
import type { RequestHandler } from './$types';

/** Where somebody stands who came by a door with a lobby: `inside` or still in the `lobby`. */
export const GET: RequestHandler = endpoint(async ({ locals, params }) =>
	json({ place: await locals.services.doors.whereIs(locals.person, params.id) })
);

export const fallback: RequestHandler = allowOnly('GET', 'HEAD');
