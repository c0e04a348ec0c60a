import { redirect } from '@sveltejs/kit';
import { asHttpError, refusalOf } from '$lib/refusals.ts';
import type { Actions, PageServerLoad } from './$types';

/** Where somebody waits who came by a door with a lobby; whoever was let in goes on to the room. */
export const load: PageServerLoad = async ({ locals, params }) => {
	let place: 'inside' | 'lobby';
	try {
		place = await locals.services.doors.whereIs(locals.person, params.id);
	} catch (cause) {
		throw asHttpError(cause);
	}
	if (place === 'inside') redirect(303, `/rooms/${params.id}`);
	return { name: locals.person?.name ?? '' };
};

export const actions: Actions = {
	/** Stops waiting. */
	leave: async ({ locals, params }) => {
		try {
			await locals.services.doors.leaveLobby(locals.person, params.id);
		} catch (cause) {
			if (refusalOf(cause) === undefined) throw cause;
			throw asHttpError(cause);
		}
		redirect(303, '/');
	}
};
