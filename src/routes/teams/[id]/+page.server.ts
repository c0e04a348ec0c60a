import { asPageError } from '$lib/server/forms.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const query = url.searchParams.get('q') ?? '';
	try {
		const lists = await locals.services.lists.ofTeam(locals.person, params.id, query);
		return { lists, now: new Date().toISOString() };
	} catch (cause) {
		asPageError(cause, url);
	}
};
