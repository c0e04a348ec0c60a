import { redirect } from '@sveltejs/kit';
import { callerOf, readFields, refused } from '$lib/server/forms.ts';
import { setGuestCookie } from '$lib/server/guest-cookie.ts';
import { joinByForm } from '$lib/server/join.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) => ({
	templates: locals.services.templates,
	/** From a link with the code and the room's id in it. */
	code: url.searchParams.get('code') ?? '',
	room: url.searchParams.get('room') ?? '',
	name: locals.person?.name ?? ''
});

export const actions: Actions = {
	/** Opens a board from a template; whoever opens it is its facilitator. */
	open: async (event) => {
		const { request, locals, cookies, url } = event;
		const fields = await readFields(request, ['template', 'title', 'name']);
		let id: string;
		try {
			const entry = await locals.services.rooms.create(callerOf(event), fields);
			setGuestCookie(cookies, entry.pass, url);
			id = entry.id;
		} catch (cause) {
			return refused('open', cause, fields);
		}
		redirect(303, `/rooms/${id}`);
	},

	/** Joins a room by its code. */
	join: joinByForm
};
