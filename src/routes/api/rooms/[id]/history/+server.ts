import { json } from '@sveltejs/kit';
import { allowOnly, ApiError, endpoint } from '$lib/server/api.ts';
import { readSeq } from '$lib/server/seq.ts';
import type { RequestHandler } from './$types';

/** What happened, the newest first, 50 at a time; `?before=<older>` goes on. */
export const GET: RequestHandler = endpoint(async ({ locals, params, url }) => {
	const asked = url.searchParams.get('before');
	const before = readSeq(asked);
	if (asked !== null && before === undefined) {
		throw new ApiError('wrong-field', 'The field "before" must be a whole number above 0.');
	}
	return json(await locals.services.history.read(locals.person, params.id, before));
});

export const fallback: RequestHandler = allowOnly('GET', 'HEAD');
