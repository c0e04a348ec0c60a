import { json } from '@sveltejs/kit';
import { allowOnly, endpoint } from '$lib/server/api.ts';
import { setGuestCookie } from '$lib/server/guest-cookie.ts';
import { optionalText, readJsonObject, requiredText } from '$lib/server/json-body.ts';
import type { RequestHandler } from './$types';

/** Lets the caller into a room by its code, or into its lobby: 202, until a facilitator admits. */
export const POST: RequestHandler = endpoint(async (event) => {
	const { cookies, locals, request, url } = event;
	const body = await readJsonObject(request);
	const entry = await locals.services.rooms.join(
		{ person: locals.person, address: event.getClientAddress() },
		{
			code: requiredText(body, 'code'),
			name: optionalText(body, 'name'),
			room: optionalText(body, 'room')
		}
	);
	setGuestCookie(cookies, entry.pass, url);
	const { id, role, isWaiting } = entry;
	return isWaiting ? json({ id, role, waiting: true }, { status: 202 }) : json({ id, role });
});

export const fallback: RequestHandler = allowOnly('POST');
