import { redirect } from '@sveltejs/kit';
import { readFields, refused, visitorOf } from '$lib/server/forms.ts';
import { clearGuestCookie } from '$lib/server/guest-cookie.ts';
import { localPath } from '$lib/server/local-path.ts';
import { takePasskeyAnswer } from '$lib/server/passkey-cookie.ts';
import { setSessionCookie } from '$lib/server/session-cookie.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) => {
	const to = localPath(url.searchParams.get('to'));
	if (locals.account !== null) redirect(303, to);
	return { to };
};

export const actions: Actions = {
	/** By e-mail address and password, or by the answer of a passkey. */
	default: async (event) => {
		const { request, locals, cookies, url } = event;
		const fields = await readFields(request, ['email', 'password', 'answer', 'to']);
		const isByPasskey = fields.answer !== '';
		try {
			const visitor = visitorOf(event);
			const pass = isByPasskey
				? await locals.services.passkeys.signIn(visitor, takePasskeyAnswer(event, fields.answer))
				: await locals.services.accounts.signIn(visitor, fields);
			setSessionCookie(cookies, pass, url);
			clearGuestCookie(cookies, url);
		} catch (cause) {
			const { email, to } = fields;
			return refused(isByPasskey ? 'passkey' : 'sign-in', cause, { email, to });
		}
		redirect(303, localPath(fields.to));
	}
};
