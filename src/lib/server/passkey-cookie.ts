/** The cookie that binds a passkey's challenge to this browser, for minutes. */
import type { RequestEvent } from '@sveltejs/kit';
import type {
	ChallengePass,
	PASSKEY_COOKIE,
	PasskeyAnswer
} from '../../../server/auth/passkeys.ts';

const NAME: typeof PASSKEY_COOKIE = 'passkey';

export function setPasskeyCookie({ cookies, url }: RequestEvent, pass: ChallengePass): void {
	cookies.set(NAME, pass.token, {
		path: '/',
		httpOnly: true,
		sameSite: 'strict',
		secure: url.protocol === 'https:',
		expires: pass.expires
	});
}

/** What came back from the authenticator, with this browser's cookie, which is spent by it. */
export function takePasskeyAnswer({ cookies, url }: RequestEvent, answer: string): PasskeyAnswer {
	const token = cookies.get(NAME);
	if (token !== undefined) cookies.delete(NAME, { path: '/', secure: url.protocol === 'https:' });
	return { answer, token, origin: url.origin };
}
