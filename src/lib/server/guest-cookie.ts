/** The cookie that a guest is known by. Scripts can't read it, other sites' forms don't send it. */
import type { Cookies } from '@sveltejs/kit';
import type { GUEST_COOKIE } from '../../../server/auth/guests.ts';
import type { GuestPass } from '../../../server/services.ts';

const NAME: typeof GUEST_COOKIE = 'guest';

export function guestToken(cookies: Cookies): string | undefined {
	return cookies.get(NAME);
}

/** `url` is the request's: browsers heed no `Secure` that comes over plain HTTP. */
export function clearGuestCookie(cookies: Cookies, url: URL): void {
	cookies.delete(NAME, { path: '/', secure: url.protocol === 'https:' });
}

/** Sets the cookie when there is a new one; `url` is the request's. */
export function setGuestCookie(cookies: Cookies, pass: GuestPass | null, url: URL): void {
	if (pass === null) return;
	cookies.set(NAME, pass.token, {
		path: '/',
		httpOnly: true,
		sameSite: 'lax',
		secure: url.protocol === 'https:',
		expires: pass.expires
	});
}
