import { asHttpError } from '$lib/refusals.ts';
import { readFields, refused } from '$lib/server/forms.ts';
import type { RequestEvent } from '@sveltejs/kit';
import type { Person, Services } from '../../../../../server/services.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
	try {
		return { id: params.id, view: await locals.services.people.list(locals.person, params.id) };
	} catch (cause) {
		throw asHttpError(cause);
	}
};

type People = Services['people'];
type Fields = Record<'person' | 'role' | 'name', string>;

/** An action that changes one person. What it returns as `said` is told to whoever made it. */
function changing(
	kind: string,
	work: (people: People, actor: Person | null, room: string, fields: Fields) => Promise<void>,
	said: (fields: Fields) => string
) {
	return async ({ locals, params, request }: RequestEvent<{ id: string }>) => {
		const fields = await readFields(request, ['person', 'role', 'name']);
		try {
			await work(locals.services.people, locals.person, params.id, fields);
		} catch (cause) {
			return refused(kind, cause, fields);
		}
		return { form: kind, said: said(fields) };
	};
}

const SAID_OF_ROLE: Record<string, string> = {
	owner: 'Made an owner.',
	facilitator: 'Made a facilitator.',
	editor: 'Can edit now.',
	viewer: 'Can only look now.',
	team: 'Has the role of the team’s members again.'
};

export const actions = {
	role: changing(
		'role',
		(people, actor, room, { person, role }) => people.setRole(actor, room, person, role),
		({ role }) => SAID_OF_ROLE[role] ?? ''
	),
	handOver: changing(
		'handOver',
		(people, actor, room, { person }) => people.handOver(actor, room, person),
		() => 'Handed over.'
	),
	rename: changing(
		'rename',
		(people, actor, room, { person, name }) => people.rename(actor, room, person, name),
		() => 'Renamed.'
	),
	remove: changing(
		'remove',
		(people, actor, room, { person }) => people.remove(actor, room, person),
		() => 'Taken out of the room.'
	),
	forgive: changing(
		'forgive',
		(people, actor, room, { person }) => people.forgive(actor, room, person),
		() => 'May come again, by an open door.'
	),
	admit: changing(
		'admit',
		(people, actor, room, { person }) => people.admit(actor, room, person),
		() => 'Let in.'
	),
	admitAll: changing(
		'admitAll',
		(people, actor, room) => people.admitAll(actor, room),
		() => 'Everybody was let in for whom there is a place.'
	),
	turnAway: changing(
		'turnAway',
		(people, actor, room, { person }) => people.turnAway(actor, room, person),
		() => 'Turned away.'
	)
} satisfies Actions;
