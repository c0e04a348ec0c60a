import { asHttpError } from '$lib/refusals.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
	try {
		return { view: await locals.services.rooms.view(locals.person, params.id) };
	} catch (cause) {
		throw asHttpError(cause);
	}
};
