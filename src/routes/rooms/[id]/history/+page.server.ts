import { redirect, type RequestEvent as AnyEvent } from '@sveltejs/kit';
import { asHttpError } from '$lib/refusals.ts';
import { readFields, refused } from '$lib/server/forms.ts';
import { readSeq } from '$lib/server/seq.ts';
import type { Actions, PageServerLoad } from './$types';

/** What happened in the room, the newest first; `?before=` goes on. */
export const load: PageServerLoad = async ({ locals, params, url }) => {
	try {
		const before = readSeq(url.searchParams.get('before'));
		const history = await locals.services.history.read(locals.person, params.id, before);
		return { history, isNewest: before === undefined };
	} catch (cause) {
		throw asHttpError(cause);
	}
};

export const actions: Actions = {
	/** Says why the move `move` was made. */
	argue: async ({ request, locals, params }) => {
		const fields = await readFields(request, ['move', 'reason', 'source']);
		const form = `argue-${fields.move}`;
		try {
			const seq = readSeq(fields.move) ?? 0;
			await locals.services.history.argue(locals.person, params.id, { seq }, fields);
		} catch (cause) {
			return refused(form, cause, fields);
		}
		return { form, done: 'Your reason is in the history.' };
	},

	mark: async (event) => {
		const fields = await readFields(event.request, ['name']);
		const { locals, params } = event;
		try {
			await locals.services.history.set(locals.person, params.id, fields.name);
		} catch (cause) {
			return refused('mark', cause, fields);
		}
		toNewest(event);
	},

	choose: async (event) => {
		const fields = await readFields(event.request, ['checkpoint']);
		const { locals, params } = event;
		try {
			const seq = readSeq(fields.checkpoint) ?? 0;
			await locals.services.history.choose(locals.person, params.id, seq);
		} catch (cause) {
			return refused('choose', cause, fields);
		}
		toNewest(event);
	}
};

/** What was done is at the top of the first page. */
function toNewest({ url }: Pick<AnyEvent, 'url'>): never {
	redirect(303, url.pathname);
}
