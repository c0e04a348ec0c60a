import { redirect } from '@sveltejs/kit';
import { callerOf, readFields, refused } from '$lib/server/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) => ({ templates: locals.services.templates });

export const actions: Actions = {
	/** Opens a room of the team. */
	default: async (event) => {
		const { request, locals, params } = event;
		const fields = await readFields(request, ['template', 'title', 'teamRole']);
		let id: string;
		try {
			const input = { ...fields, team: params.id };
			id = (await locals.services.rooms.create(callerOf(event), input)).id;
		} catch (cause) {
			return refused('open', cause, fields);
		}
		redirect(303, `/rooms/${id}`);
	}
};
