import { asPageError } from '$lib/server/forms.ts';
import type { PageServerLoad } from './$types';

/** The rooms of one's own, in no team. */
export const load: PageServerLoad = async ({ locals, url }) => {
	try {
		const lists = await locals.services.lists.own(locals.person, url.searchParams.get('q') ?? '');
		return { lists, now: new Date().toISOString() };
	} catch (cause) {
		asPageError(cause, url);
	}
};
