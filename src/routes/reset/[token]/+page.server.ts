import { redirect } from '@sveltejs/kit';
import { asHttpError } from '$lib/refusals.ts';
import { readFields, refused, visitorOf } from '$lib/server/forms.ts';
import { clearGuestCookie } from '$lib/server/guest-cookie.ts';
import { setSessionCookie } from '$lib/server/session-cookie.ts';
import type { Actions, PageServerLoad } from './$types';

/** The account that the link is for. Looking spends nothing: mail scanners look, too. */
export const load: PageServerLoad = async ({ locals, params, setHeaders }) => {
	setHeaders({ 'cache-control': 'no-store' });
	return locals.services.recovery.look(params.token).catch(asHttpError);
};

export const actions: Actions = {
	default: async (event) => {
		const { request, locals, cookies, url, params } = event;
		const { password } = await readFields(request, ['password']);
		try {
			const pass = await locals.services.recovery.reset(visitorOf(event), params.token, password);
			setSessionCookie(cookies, pass, url);
			clearGuestCookie(cookies, url);
		} catch (cause) {
			return refused('reset', cause, {});
		}
		redirect(303, '/');
	}
};
