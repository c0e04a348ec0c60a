import { readFields, refused } from '$lib/server/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) => ({
	sendsMail: locals.services.recovery.sendsMail,
	/** Whoever is signed in has come to change the password. */
	email: locals.account?.email ?? ''
});

export const actions: Actions = {
	default: async ({ request, locals, getClientAddress }) => {
		const fields = await readFields(request, ['email']);
		try {
			await locals.services.recovery.request(getClientAddress(), fields.email);
		} catch (cause) {
			return refused('forgot', cause, fields);
		}
		return { form: 'sent' as const };
	}
};
