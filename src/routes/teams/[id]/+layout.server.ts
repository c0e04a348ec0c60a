import { asPageError } from '$lib/server/forms.ts';
import type { LayoutServerLoad } from './$types';

/** The team, for those who are in it. */
export const load: LayoutServerLoad = async ({ locals, params, url }) => {
	try {
		return { team: await locals.services.teams.find(locals.person, params.id) };
	} catch (cause) {
		asPageError(cause, url);
	}
};
