/** The cookie of somebody who is signed in. Scripts can't read it, other sites' forms don't send it. */
import type { Cookies } from '@sveltejs/kit';
import type { SESSION_COOKIE, SessionPass } from '../../../server/auth/sessions.ts';

const NAME: typeof SESSION_COOKIE = 'session';

export function sessionId(cookies: Cookies): string | undefined {
	return cookies.get(NAME);
}

/** `url` is the request's. */
export function setSessionCookie(cookies: Cookies, { id, expires }: SessionPass, url: URL): void {
	cookies.set(NAME, id, {
		path: '/',
		httpOnly: true,
		sameSite: 'lax',
		secure: url.protocol === 'https:',
		expires
	});
}

/** `url` is the request's: browsers heed no `Secure` that comes over plain HTTP. */
export function clearSessionCookie(cookies: Cookies, url: URL): void {
	cookies.delete(NAME, { path: '/', secure: url.protocol === 'https:' });
}
