/** The cookie that a guest is known by. Scripts can't read it, other sites' forms don't send it. */
import type { Cookies } from '@sveltejs/kit';
import type { GUEST_COOKIE } from '../../../server/auth/guests.ts';
import type { GuestPass } from '../../../server/services.ts';

const NAME: typeof GUEST_COOKIE = 'guest';

export function guestToken(cookies: Cookies): string | undefined {
	return cookies.get(NAME);
}

export function clearGuestCookie(cookies: Cookies): void {
	cookies.delete(NAME, { path: '/' });
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
