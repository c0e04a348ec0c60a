import { json } from '@sveltejs/kit';
import { allowOnly, endpoint } from '$lib/server/api.ts';
import type { RequestHandler } from './$types';

/** Opens a workshop. */
export const POST: RequestHandler = endpoint(async ({ locals, params }) => {
	const id = await locals.services.workshops.open(locals.person, params.id);
	return json({ id }, { status: 201 });
});

export const fallback: RequestHandler = allowOnly('POST');
