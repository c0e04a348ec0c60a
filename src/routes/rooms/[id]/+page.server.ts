import { error, redirect } from '@sveltejs/kit';
import { dayOf } from '$lib/ago.ts';
import { asHttpError, refusalOf, REFUSALS } from '$lib/refusals.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
	try {
		return { view: await locals.services.rooms.view(locals.person, params.id) };
	} catch (cause) {
		if (refusalOf(cause)?.code === 'waiting') redirect(303, `/rooms/${params.id}/lobby`);
		if (refusalOf(cause)?.code === 'room-in-trash') await sayTrashed(locals, params.id);
		throw asHttpError(cause);
	}
};

/** Throws the page's error; whoever may restore the room is told how long. */
async function sayTrashed({ services, person }: App.Locals, id: string): Promise<void> {
	const trashed = await services.keeping.findTrashed(person, id);
	if (trashed === null) return;
	const { status, message } = REFUSALS['room-in-trash'];
	const until = `This room is in the trash until ${dayOf(trashed.erasedAt)}; then it is erased for good.`;
	error(status, {
		code: 'room-in-trash',
		message: trashed.mayRestore ? until : message,
		trashed
	});
}
