import { json } from '@sveltejs/kit';
import { allowOnly, endpoint } from '$lib/server/api.ts';
import { readJsonObject, requiredText } from '$lib/server/json-body.ts';
import { setPasskeyCookie } from '$lib/server/passkey-cookie.ts';
import { accountOf } from '$lib/server/signed-in.ts';
import type { RequestHandler } from './$types';

/** What a new passkey is to be made of, for whoever knows the password. */
export const POST: RequestHandler = endpoint(async (event) => {
	const account = accountOf(event);
	const password = requiredText(await readJsonObject(event.request), 'password');
	const { origin } = event.url;
	const asked = await event.locals.services.passkeys.askToAdd(account, { password, origin });
	setPasskeyCookie(event, asked.pass);
	return json(asked.options);
});

export const fallback: RequestHandler = allowOnly('POST');
