import { ApiError, endpoint } from '$lib/server/api.ts';
import type { RequestHandler } from './$types';

export const trailingSlash = 'ignore';

/** What no other endpoint answers. */
export const fallback: RequestHandler = endpoint(() => {
	throw new ApiError('not-found');
});
