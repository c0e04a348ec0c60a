import { json } from '@sveltejs/kit';
import { allowOnly, endpoint } from '$lib/server/api.ts';
import { setPasskeyCookie } from '$lib/server/passkey-cookie.ts';
import type { RequestHandler } from './$types';

/** What a passkey has to sign to sign in. */
export const POST: RequestHandler = endpoint(async (event) => {
	const { locals, url, getClientAddress } = event;
	const asked = await locals.services.passkeys.askToSignIn(getClientAddress(), url.origin);
	setPasskeyCookie(event, asked.pass);
	return json(asked.options);
});

export const fallback: RequestHandler = allowOnly('POST');
