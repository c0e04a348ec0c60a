import { asHttpError } from '$lib/refusals.ts';
import { readFields, refused } from '$lib/server/forms.ts';
import type { RequestEvent } from '@sveltejs/kit';
import type { Person, Services } from '../../../../../server/services.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
	try {
		return { id: params.id, view: await locals.services.doors.list(locals.person, params.id) };
	} catch (cause) {
		throw asHttpError(cause);
	}
};

const FIELDS = ['role', 'ends', 'midnight', 'lobby', 'peopleMax'] as const;
type Fields = Record<(typeof FIELDS)[number], string>;

function changing(
	kind: string,
	work: (
		doors: Services['doors'],
		actor: Person | null,
		room: string,
		fields: Fields
	) => Promise<void>,
	said: string
) {
	return async ({ locals, params, request }: RequestEvent<{ id: string }>) => {
		const fields = await readFields(request, FIELDS);
		try {
			await work(locals.services.doors, locals.person, params.id, fields);
		} catch (cause) {
			return refused(kind, cause, fields);
		}
		return { form: kind, said };
	};
}

export const actions = {
	open: changing(
		'open',
		(doors, actor, room, { lobby, ...fields }) =>
			doors.open(actor, room, { ...fields, lobby: lobby === 'on' }),
		'The door is open.'
	),
	renew: changing(
		'renew',
		(doors, actor, room, { role }) => doors.renew(actor, room, { role }),
		'There is a new code; the old one lets nobody in.'
	),
	close: changing(
		'close',
		(doors, actor, room, { role }) => doors.close(actor, room, { role, sendOut: false }),
		'The door is closed.'
	),
	sendOut: changing(
		'sendOut',
		(doors, actor, room, { role }) => doors.close(actor, room, { role, sendOut: true }),
		'The door is closed, and the guests who came by it are out.'
	)
} satisfies Actions;
