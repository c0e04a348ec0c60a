import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { refusalOf } from '$lib/refusals.ts';
import { setGuestCookie } from '$lib/server/guest-cookie.ts';
import type { Caller } from '../../server/services.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) => ({
	templates: locals.services.templates,
	/** From a link with the code and the room's id in it. */
	code: url.searchParams.get('code') ?? '',
	room: url.searchParams.get('room') ?? '',
	name: locals.person?.name ?? ''
});

export const actions: Actions = {
	/** Opens a board from a template; whoever opens it is its facilitator. */
	open: async (event) => {
		const { request, locals, cookies, url } = event;
		const fields = await read(request, ['template', 'title', 'name']);
		let id: string;
		try {
			const entry = await locals.services.rooms.create(callerOf(event), fields);
			setGuestCookie(cookies, entry.pass, url);
			id = entry.id;
		} catch (cause) {
			return refused('open', cause, fields);
		}
		redirect(303, `/rooms/${id}`);
	},

	/** Joins a room by its code. */
	join: async (event) => {
		const { request, locals, cookies, url } = event;
		const fields = await read(request, ['code', 'name', 'room']);
		let id: string;
		try {
			const entry = await locals.services.rooms.join(callerOf(event), fields);
			setGuestCookie(cookies, entry.pass, url);
			id = entry.id;
		} catch (cause) {
			return refused('join', cause, fields);
		}
		redirect(303, `/rooms/${id}`);
	}
};

function callerOf({ locals, getClientAddress }: RequestEvent): Caller {
	return { person: locals.person, address: getClientAddress() };
}

/** The text fields of a form; what is missing or a file reads as empty. */
async function read<Name extends string>(request: Request, names: Name[]) {
	const form = await readForm(request);
	const entries = names.map((name) => {
		const value = form.get(name);
		return [name, typeof value === 'string' ? value : ''];
	});
	return Object.fromEntries(entries) as Record<Name, string>;
}

/** What no page of ours sends is the sender's mistake, not a failure of ours. */
async function readForm(request: Request): Promise<FormData> {
	try {
		return await request.formData();
	} catch (cause) {
		if (cause instanceof TypeError) error(400, 'This form cannot be read.');
		throw cause;
	}
}

/** What was typed comes back, with the sentence and the field that it belongs to. */
function refused(form: 'open' | 'join', cause: unknown, typed: Record<string, string>) {
	const refusal = refusalOf(cause);
	if (refusal === undefined) throw cause;
	return fail(refusal.status, { form, code: refusal.code, message: refusal.message, typed });
}
