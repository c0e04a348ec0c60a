import { json } from '@sveltejs/kit';
import { allowOnly, endpoint } from '$lib/server/api.ts';
import { setPasskeyCookie } from '$lib/server/passkey-cookie.ts';
import { accountOf } from '$lib/server/signed-in.ts';
import type { RequestHandler } from './$types';

/** What one of one's own passkeys has to sign before the account is deleted. */
export const POST: RequestHandler = endpoint(async (event) => {
	const account = accountOf(event);
	const asked = await event.locals.services.passkeys.askToConfirm(account, event.url.origin);
	setPasskeyCookie(event, asked.pass);
	return json(asked.options);
});

export const fallback: RequestHandler = allowOnly('POST');
