import { asHttpError } from '$lib/refusals.ts';
import { readFields, refused } from '$lib/server/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
	const { id, workshop } = params;
	try {
		return { id, workshop, ...(await locals.services.reports.read(locals.person, id, workshop)) };
	} catch (cause) {
		throw asHttpError(cause);
	}
};

export const actions: Actions = {
	/** Gives the report a link, or changes whether that shows names. */
	share: async ({ request, locals, params }) => {
		const { names } = await readFields(request, ['names']);
		const { id, workshop } = params;
		try {
			await locals.services.reports.share(locals.person, id, workshop, true, names === 'on');
		} catch (cause) {
			return refused('share', cause, { names });
		}
		return {
			form: 'share',
			done: names === 'on' ? 'Shared, with names.' : 'Shared, without names.'
		};
	},

	withdraw: async ({ locals, params }) => {
		const { id, workshop } = params;
		try {
			await locals.services.reports.share(locals.person, id, workshop, false);
		} catch (cause) {
			return refused('share', cause, {});
		}
		return { form: 'share', done: 'The link opens nothing any more.' };
	},

	/** Writes down what is to be done. */
	write: async ({ request, locals, params }) => {
		const fields = await readFields(request, ['lines', 'seen']);
		const { id, workshop } = params;
		try {
			await locals.services.reports.setActions(locals.person, id, workshop, fields);
		} catch (cause) {
			return refused('write', cause, { lines: fields.lines });
		}
		return { form: 'write', done: 'Saved. It stands in the report.' };
	}
};
