import { redirect } from '@sveltejs/kit';
import { clearSessionCookie, sessionId } from '$lib/server/session-cookie.ts';
import type { RequestHandler } from './$types';

/** Ends this browser's session. */
export const POST: RequestHandler = async ({ locals, cookies, url }) => {
	await locals.services.accounts.signOut(sessionId(cookies));
	clearSessionCookie(cookies, url);
	redirect(303, '/');
};

/** Somebody who opens the address by hand signs nobody out. */
export const GET: RequestHandler = () => redirect(303, '/');
