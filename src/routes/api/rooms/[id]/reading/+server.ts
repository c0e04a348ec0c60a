import { json } from '@sveltejs/kit';
import { allowOnly, endpoint } from '$lib/server/api.ts';
import type { RequestHandler } from './$types';

/** Every number of the barometer, unrounded, but for what it says of single cards. */
export const GET: RequestHandler = endpoint(async ({ locals, params }) => {
	const { reading } = await locals.services.rooms.read(locals.person, params.id);
	const { cards: _, ...figures } = reading;
	return json(figures);
});

export const fallback: RequestHandler = allowOnly('GET', 'HEAD');
