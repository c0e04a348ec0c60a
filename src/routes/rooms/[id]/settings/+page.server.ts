import { redirect } from '@sveltejs/kit';
import { asHttpError } from '$lib/refusals.ts';
import { callerOf, readFields, refused } from '$lib/server/forms.ts';
import { localPath } from '$lib/server/local-path.ts';
import type { RequestEvent } from './$types';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
	try {
		return {
			room: await locals.services.keeping.settings(locals.person, params.id),
			teams: await locals.services.teams.list(locals.person)
		};
	} catch (cause) {
		throw asHttpError(cause);
	}
};

export const actions: Actions = {
	rename: async ({ request, locals, params }) => {
		const fields = await readFields(request, ['title']);
		try {
			await locals.services.keeping.rename(locals.person, params.id, fields.title);
		} catch (cause) {
			return refused('rename', cause, fields);
		}
		return { form: 'rename', done: 'The room is renamed.' };
	},

	teamRole: async ({ request, locals, params }) => {
		const fields = await readFields(request, ['teamRole']);
		try {
			await locals.services.keeping.setTeamRole(locals.person, params.id, fields.teamRole);
		} catch (cause) {
			return refused('teamRole', cause, fields);
		}
		return { form: 'teamRole', done: 'Saved. It holds from now on.' };
	},

	/** Copies the board into a new room. */
	duplicate: async (event) => {
		const { request, locals, params } = event;
		const fields = await readFields(request, ['title', 'team']);
		let id: string;
		try {
			id = (await locals.services.keeping.duplicate(callerOf(event), params.id, fields)).id;
		} catch (cause) {
			return refused('duplicate', cause, fields);
		}
		redirect(303, `/rooms/${id}`);
	},

	archive: (event) => thenBack(event, 'archive'),
	unarchive: (event) => thenBack(event, 'unarchive'),
	trash: (event) => thenBack(event, 'trash'),
	restore: (event) => thenBack(event, 'restore')
};

/** Does it, and goes where the form came from. */
async function thenBack(
	{ request, locals, params }: RequestEvent,
	what: 'archive' | 'unarchive' | 'trash' | 'restore'
) {
	const { to } = await readFields(request, ['to']);
	try {
		await locals.services.keeping[what](locals.person, params.id);
	} catch (cause) {
		return refused(what, cause, {});
	}
	redirect(303, localPath(to));
}
