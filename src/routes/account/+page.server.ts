import { redirect, type RequestEvent } from '@sveltejs/kit';
import { asHttpError } from '$lib/refusals.ts';
import { deviceOf } from '$lib/server/device.ts';
import { readFields, refused } from '$lib/server/forms.ts';
import { takePasskeyAnswer } from '$lib/server/passkey-cookie.ts';
import { clearSessionCookie, sessionId, setSessionCookie } from '$lib/server/session-cookie.ts';
import { requireAccount } from '$lib/server/signed-in.ts';
import type { Account } from '../../../server/auth/accounts.ts';
import type { SessionPass } from '../../../server/auth/sessions.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const account = requireAccount(event);
	const { settings, passkeys } = event.locals.services;
	event.setHeaders({ 'cache-control': 'no-store' });
	try {
		const sessions = await settings.sessions(account);
		return {
			at: new Date().toISOString(),
			name: account.person.name,
			email: account.email,
			device: deviceOf(event.request.headers.get('user-agent')),
			sessions: sessions.map((session) => ({
				...session,
				isThis: session.handle === account.handle
			})),
			passkeys: await passkeys.list(account)
		};
	} catch (cause) {
		throw asHttpError(cause);
	}
};

type Fields<Name extends string> = Record<Name, string>;

/**
 * One form of this page: `work` may throw a refusal, which comes back with what was typed. The page
 * then shows the account as it is now.
 */
function setting<const Form extends string, Name extends string>(
	form: Form,
	names: readonly Name[],
	work: (event: RequestEvent, account: Account, fields: Fields<Name>) => Promise<SessionPass | void>
) {
	return async (event: RequestEvent) => {
		const account = requireAccount(event);
		const fields = await readFields(event.request, names);
		try {
			const pass = await work(event, account, fields);
			if (pass) setSessionCookie(event.cookies, pass, event.url);
			await showAnew(event, pass?.id ?? sessionId(event.cookies));
		} catch (cause) {
			return refused(form, cause, fields);
		}
		return { form, code: 'done' as const };
	};
}

async function showAnew({ locals }: RequestEvent, id: string | undefined): Promise<void> {
	locals.account = await locals.services.accounts.find(id);
	locals.person = locals.account?.person ?? locals.guest;
}

export const actions: Actions = {
	name: setting('name', ['name'], ({ locals }, account, { name }) =>
		locals.services.settings.rename(account, name)
	),

	email: setting('email', ['email', 'password'], ({ locals }, account, fields) =>
		locals.services.settings.changeEmail(account, fields)
	),

	password: setting(
		'password',
		['password', 'newPassword'],
		({ locals, request }, account, fields) =>
			locals.services.settings.changePassword(account, {
				...fields,
				device: deviceOf(request.headers.get('user-agent'))
			})
	),

	addPasskey: setting('addPasskey', ['answer', 'name'], (event, account, { answer, name }) =>
		event.locals.services.passkeys.add(account, takePasskeyAnswer(event, answer), name)
	),

	removePasskey: setting('removePasskey', ['id'], ({ locals }, account, { id }) =>
		locals.services.passkeys.remove(account, id)
	),

	endSession: setting('endSession', ['handle'], ({ locals }, account, { handle }) =>
		locals.services.settings.endSession(account, handle)
	),

	/** Here, too. */
	signOutEverywhere: async (event) => {
		const account = requireAccount(event);
		try {
			await event.locals.services.settings.endAllSessions(account);
		} catch (cause) {
			return refused('signOutEverywhere', cause, {});
		}
		clearSessionCookie(event.cookies, event.url);
		redirect(303, '/');
	}
};
