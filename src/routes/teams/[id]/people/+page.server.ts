import { redirect } from '@sveltejs/kit';
import { asPageError, readFields, refused } from '$lib/server/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, parent, url }) => {
	const { team } = await parent();
	const { teamPeople, teamInvites } = locals.services;
	try {
		return {
			people: await teamPeople.list(locals.person, params.id),
			invites: team.role === 'owner' ? await teamInvites.list(locals.person, params.id) : [],
			now: new Date().toISOString()
		};
	} catch (cause) {
		asPageError(cause, url);
	}
};

export const actions: Actions = {
	role: async ({ request, locals, params }) => {
		const fields = await readFields(request, ['person', 'role']);
		try {
			const { person, role } = fields;
			await locals.services.teamPeople.changeRole(locals.person, params.id, person, role);
		} catch (cause) {
			return refused('people', cause, fields);
		}
		return { form: 'people', done: 'The role is changed.' };
	},

	remove: async ({ request, locals, params }) => {
		const fields = await readFields(request, ['person']);
		try {
			await locals.services.teamPeople.remove(locals.person, params.id, fields.person);
		} catch (cause) {
			return refused('people', cause, fields);
		}
		return { form: 'people', done: 'Removed from the team and its rooms.' };
	},

	/** Makes a link to set a new password; it is shown this once. */
	reset: async ({ request, locals, params, url }) => {
		const { person } = await readFields(request, ['person']);
		try {
			const path = await locals.services.teamPeople.resetLink(locals.person, params.id, person);
			return { form: 'reset', done: url.origin + path, person };
		} catch (cause) {
			return refused('people', cause, { person });
		}
	},

	leave: async ({ locals, params }) => {
		try {
			await locals.services.teamPeople.leave(locals.person, params.id);
		} catch (cause) {
			return refused('people', cause, {});
		}
		redirect(303, '/');
	},

	/** Makes an invitation; its link is shown this once. */
	invite: async ({ request, locals, params, url }) => {
		const fields = await readFields(request, ['role']);
		try {
			const { teamInvites } = locals.services;
			const { token } = await teamInvites.create(locals.person, params.id, fields.role);
			return { form: 'invite', done: `${url.origin}/invite/${token}` };
		} catch (cause) {
			return refused('invite', cause, fields);
		}
	},

	revoke: async ({ request, locals, params }) => {
		const fields = await readFields(request, ['invite']);
		try {
			await locals.services.teamInvites.revoke(locals.person, params.id, fields.invite);
		} catch (cause) {
			return refused('invites', cause, fields);
		}
		return { form: 'invites', done: 'Taken back: this link lets nobody in any more.' };
	}
};
