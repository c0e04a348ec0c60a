import { error } from '@sveltejs/kit';
import { asHttpError, refusalOf, REFUSALS } from '$lib/refusals.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
	try {
		return { view: await locals.services.rooms.view(locals.person, params.id) };
	} catch (cause) {
		if (refusalOf(cause)?.code === 'room-in-trash') {
			const trashed = await locals.services.keeping.findTrashed(locals.person, params.id);
			const { status, message } = REFUSALS['room-in-trash'];
			error(status, { code: 'room-in-trash', message, trashed });
		}
		throw asHttpError(cause);
	}
};
