import { redirect } from '@sveltejs/kit';
import { refusalOf } from '$lib/refusals.ts';
import { joinByForm } from '$lib/server/join.ts';
import type { Actions, PageServerLoad } from './$types';

/**
 * Where an invitation leads, by its link or its QR code. Nothing is looked up of the code until
 * somebody joins, so the page tells nobody whether there is such a room; whoever may edit in it
 * already goes on at once.
 */
export const load: PageServerLoad = async ({ locals, params, url }) => {
	const room = url.searchParams.get('room') ?? '';
	if (await isEditor(locals, room)) redirect(303, `/rooms/${room}`);
	return { code: params.code, room, name: locals.person?.name ?? '' };
};

async function isEditor({ services, person }: App.Locals, room: string): Promise<boolean> {
	if (person === null || room === '') return false;
	try {
		const { people } = await services.people.list(person, room);
		return people.some(({ isSelf, role }) => isSelf && role !== 'viewer');
	} catch (cause) {
		if (refusalOf(cause) === undefined) throw cause;
		return false;
	}
}

export const actions: Actions = { default: joinByForm };
