import { json } from '@sveltejs/kit';
import { allowOnly, endpoint } from '$lib/server/api.ts';
import type { RequestHandler } from './$types';

/** The open doors with their codes, for those who may pass them on. */
export const GET: RequestHandler = endpoint(async ({ locals, params }) =>
	json(await locals.services.doors.list(locals.person, params.id))
);

export const fallback: RequestHandler = allowOnly('GET', 'HEAD');
