import { error, redirect } from '@sveltejs/kit';
import { REFUSALS } from '$lib/refusals.ts';
import { readFields, refused } from '$lib/server/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ parent }) => {
	const { team } = await parent();
	if (team.role === 'owner') return;
	const { status, message } = REFUSALS['team-owners-only'];
	error(status, { code: 'team-owners-only', message });
};

export const actions: Actions = {
	rename: async ({ request, locals, params }) => {
		const fields = await readFields(request, ['name']);
		try {
			await locals.services.teams.rename(locals.person, params.id, fields);
		} catch (cause) {
			return refused('rename', cause, fields);
		}
		return { form: 'rename', done: 'The team is renamed.' };
	},

	erase: async ({ request, locals, params }) => {
		const fields = await readFields(request, ['name']);
		try {
			await locals.services.teams.erase(locals.person, params.id, fields);
		} catch (cause) {
			return refused('erase', cause, fields);
		}
		redirect(303, '/');
	}
};
