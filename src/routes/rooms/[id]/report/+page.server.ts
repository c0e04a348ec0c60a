import { asHttpError } from '$lib/refusals.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
	try {
		return { list: await locals.services.reports.list(locals.person, params.id) };
	} catch (cause) {
		throw asHttpError(cause);
	}
};
