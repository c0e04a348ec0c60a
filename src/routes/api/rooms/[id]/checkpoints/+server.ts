import { json } from '@sveltejs/kit';
import { allowOnly, endpoint } from '$lib/server/api.ts';
import { readJsonObject, requiredText } from '$lib/server/json-body.ts';
import type { RequestHandler } from './$types';

/** Names the reading of now; the set hand points at it from then on. */
export const POST: RequestHandler = endpoint(async ({ locals, params, request }) => {
	const body = await readJsonObject(request);
	await locals.services.history.set(locals.person, params.id, requiredText(body, 'name'));
	return json({}, { status: 201 });
});

export const fallback: RequestHandler = allowOnly('POST');
