import { redirect } from '@sveltejs/kit';
import type { RequestHandler } from './$types';

/** The short link on an invitation: the start page with the code, and the room, filled in. */
export const GET: RequestHandler = ({ params, url }) => {
	const query = new URLSearchParams({ code: params.code });
	const room = url.searchParams.get('room');
	if (room !== null) query.set('room', room);
	redirect(303, `/?${query}#join`);
};
