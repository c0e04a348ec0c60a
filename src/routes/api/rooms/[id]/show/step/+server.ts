import { json } from '@sveltejs/kit';
import { allowOnly, endpoint } from '$lib/server/api.ts';
import { optionalNumber, readJsonObject } from '$lib/server/json-body.ts';
import type { RequestHandler } from './$types';

/** Goes from one step of the run of show to another, by places from 0; without one, before the first. */
export const POST: RequestHandler = endpoint(async ({ locals, params, request }) => {
	const body = await readJsonObject(request);
	await locals.services.runOfShow.go(locals.person, params.id, {
		from: optionalNumber(body, 'from') ?? null,
		to: optionalNumber(body, 'to') ?? null
	});
	return json({});
});

export const fallback: RequestHandler = allowOnly('POST');
