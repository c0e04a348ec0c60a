import { redirect } from '@sveltejs/kit';
import { readFields, refused, visitorOf } from '$lib/server/forms.ts';
import { clearGuestCookie } from '$lib/server/guest-cookie.ts';
import { localPath } from '$lib/server/local-path.ts';
import { setSessionCookie } from '$lib/server/session-cookie.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) => {
	const to = localPath(url.searchParams.get('to'));
	if (locals.account !== null) redirect(303, to);
	return { to, name: locals.guest?.name ?? '' };
};

export const actions: Actions = {
	default: async (event) => {
		const { request, locals, cookies, url } = event;
		const fields = await readFields(request, ['email', 'name', 'password', 'to']);
		try {
			const pass = await locals.services.accounts.signUp(visitorOf(event), fields);
			setSessionCookie(cookies, pass, url);
			clearGuestCookie(cookies, url);
		} catch (cause) {
			return refused('sign-up', cause, fields);
		}
		redirect(303, localPath(fields.to));
	}
};
