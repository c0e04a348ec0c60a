import { json } from '@sveltejs/kit';
import type { RequestHandler } from './$types';

/** 200 when this process can serve and its database answers, else 503. */
export const GET: RequestHandler = async ({ locals }) => {
	const healthy = await locals.services.healthy();
	return json(
		{ status: healthy ? 'ok' : 'unavailable' },
		{ status: healthy ? 200 : 503, headers: { 'cache-control': 'no-store' } }
	);
};
