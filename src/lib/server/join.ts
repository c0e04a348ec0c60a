/** Joining a room by a form: the same from the start page and from an invitation's own page. */
import { redirect, type RequestEvent } from '@sveltejs/kit';
import { callerOf, readFields, refused } from './forms.ts';
import { setGuestCookie } from './guest-cookie.ts';

/** Goes on to the room or to its lobby, or answers with what is wrong. */
export async function joinByForm(event: RequestEvent): Promise<ReturnType<typeof refused<'join'>>> {
	const { request, locals, cookies, url } = event;
	const { name, ...fields } = await readFields(request, ['code', 'name', 'room']);
	// Somebody who is signed in goes by the name of the account: their form asks for none.
	const named = locals.account === null ? { ...fields, name } : fields;
	let to: string;
	try {
		const entry = await locals.services.rooms.join(callerOf(event), named);
		setGuestCookie(cookies, entry.pass, url);
		to = entry.isWaiting ? `/rooms/${entry.id}/lobby` : `/rooms/${entry.id}`;
	} catch (cause) {
		return refused('join', cause, { ...fields, name });
	}
	redirect(303, to);
}
