import { redirect } from '@sveltejs/kit';
import { asHttpError } from '$lib/refusals.ts';
import { readFields, refused } from '$lib/server/forms.ts';
import { takePasskeyAnswer } from '$lib/server/passkey-cookie.ts';
import { clearSessionCookie } from '$lib/server/session-cookie.ts';
import { requireAccount } from '$lib/server/signed-in.ts';
import type { Actions, PageServerLoad } from './$types';

/** What goes and what stands in the way. */
export const load: PageServerLoad = async (event) => {
	const account = requireAccount(event);
	const { settings, passkeys } = event.locals.services;
	event.setHeaders({ 'cache-control': 'no-store' });
	try {
		const { rooms, soleOwnerOf } = await settings.planErasure(account);
		const hasPasskey = (await passkeys.list(account)).length > 0;
		return { email: account.email, rooms: rooms.length, soleOwnerOf, hasPasskey };
	} catch (cause) {
		throw asHttpError(cause);
	}
};

export const actions: Actions = {
	password: async (event) => {
		const account = requireAccount(event);
		const { password } = await readFields(event.request, ['password']);
		try {
			await event.locals.services.settings.erase(account, { password });
		} catch (cause) {
			return refused('password', cause, {});
		}
		clearSessionCookie(event.cookies, event.url);
		redirect(303, '/');
	},

	passkey: async (event) => {
		const account = requireAccount(event);
		const { answer } = await readFields(event.request, ['answer']);
		try {
			const passkey = takePasskeyAnswer(event, answer);
			await event.locals.services.settings.erase(account, { passkey });
		} catch (cause) {
			return refused('passkey', cause, {});
		}
		clearSessionCookie(event.cookies, event.url);
		redirect(303, '/');
	}
};
