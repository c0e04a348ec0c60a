import { json } from '@sveltejs/kit';
import { allowOnly, endpoint } from '$lib/server/api.ts';
import type { RequestHandler } from './$types';

/** The board as its members see it. */
export const GET: RequestHandler = endpoint(async ({ locals, params }) => {
	const { board } = await locals.services.rooms.read(locals.person, params.id);
	return json({ id: params.id, ...board });
});

export const fallback: RequestHandler = allowOnly('GET', 'HEAD');
