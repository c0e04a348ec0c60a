import { redirect } from '@sveltejs/kit';
import { readFields, refused } from '$lib/server/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) => {
	if (locals.account === null) redirect(303, `/sign-in?to=${encodeURIComponent(url.pathname)}`);
};

export const actions: Actions = {
	default: async ({ request, locals }) => {
		const fields = await readFields(request, ['name']);
		let id: string;
		try {
			id = await locals.services.teams.create(locals.person, fields);
		} catch (cause) {
			return refused('team', cause, fields);
		}
		redirect(303, `/teams/${id}`);
	}
};
