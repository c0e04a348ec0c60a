import { asHttpError } from '$lib/refusals.ts';
import type { PageServerLoad } from './$types';

/** The run of show with its notes, for facilitators, and the cards that steps may be about. */
export const load: PageServerLoad = async ({ locals, params: { id } }) => {
	const { runOfShow, rooms, stage } = locals.services;
	try {
		// First, since it is the one that refuses.
		const show = await runOfShow.read(locals.person, id);
		const { board } = await rooms.read(locals.person, id);
		const { step } = await stage.read(locals.person, id);
		return {
			id,
			show,
			board: board.title,
			cards: board.cards.map(({ id, title, weight }) => ({ id, title, weight })),
			archived: board.archived.map(({ id, title }) => ({ id, title })),
			/** Place of the step that everybody was at when the page was loaded. */
			current: step?.place ?? null
		};
	} catch (cause) {
		throw asHttpError(cause);
	}
};
