import { redirect } from '@sveltejs/kit';
import { asHttpError, refusalOf } from '$lib/refusals.ts';
import type { PageServerLoad } from './$types';

/** For everybody in the room: nothing can be done here. */
export const load: PageServerLoad = async ({ locals, params }) => {
	try {
		return { view: await locals.services.rooms.view(locals.person, params.id) };
	} catch (cause) {
		if (refusalOf(cause)?.code === 'waiting') redirect(303, `/rooms/${params.id}/lobby`);
		throw asHttpError(cause);
	}
};
