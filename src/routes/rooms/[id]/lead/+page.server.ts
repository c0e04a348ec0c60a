import { asHttpError } from '$lib/refusals.ts';
import type { PageServerLoad } from './$types';

/** For facilitators: what a workshop is led with. */
export const load: PageServerLoad = async ({ locals, params }) => {
	try {
		await locals.services.runOfShow.read(locals.person, params.id);
		return { view: await locals.services.rooms.view(locals.person, params.id) };
	} catch (cause) {
		throw asHttpError(cause);
	}
};
