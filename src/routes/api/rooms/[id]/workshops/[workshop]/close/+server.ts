import { json } from '@sveltejs/kit';
import { allowOnly, endpoint } from '$lib/server/api.ts';
import type { RequestHandler } from './$types';

/** Closes a workshop, and with it the stage. */
export const POST: RequestHandler = endpoint(async ({ locals, params }) => {
	await locals.services.workshops.close(locals.person, params.id, params.workshop);
	return json({});
});

export const fallback: RequestHandler = allowOnly('POST');
