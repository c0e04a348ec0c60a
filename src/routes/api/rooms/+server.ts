import { json } from '@sveltejs/kit';
import { allowOnly, endpoint } from '$lib/server/api.ts';
import { setGuestCookie } from '$lib/server/guest-cookie.ts';
import { optionalText, readJsonObject, requiredText } from '$lib/server/json-body.ts';
import type { RequestHandler } from './$types';

/** Opens a room; the caller becomes its facilitator. */
export const POST: RequestHandler = endpoint(async (event) => {
	const { cookies, locals, request, url } = event;
	const body = await readJsonObject(request);
	const room = await locals.services.rooms.create(
		{ person: locals.person, address: event.getClientAddress() },
		{
			template: requiredText(body, 'template'),
			title: optionalText(body, 'title'),
			name: optionalText(body, 'name')
		}
	);
	setGuestCookie(cookies, room.pass, url);
	const address = `${url.origin}/rooms/${room.id}`;
	return json(
		{ id: room.id, url: address, code: room.code },
		{ status: 201, headers: { location: address } }
	);
});

export const fallback: RequestHandler = allowOnly('POST');
