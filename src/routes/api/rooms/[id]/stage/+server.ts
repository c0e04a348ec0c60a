import { json } from '@sveltejs/kit';
import { allowOnly, endpoint } from '$lib/server/api.ts';
import {
	optionalFlag,
	optionalNumber,
	optionalText,
	readJsonObject
} from '$lib/server/json-body.ts';
import type { RequestHandler } from './$types';

/** What everybody in the room looks at together. */
export const GET: RequestHandler = endpoint(async ({ locals, params }) => {
	return json(await locals.services.stage.read(locals.person, params.id));
});

/** Sets what is given of the stage; an empty `spotlight` or `message` takes it away. */
export const POST: RequestHandler = endpoint(async ({ locals, params, request }) => {
	const body = await readJsonObject(request);
	await locals.services.stage.set(locals.person, params.id, {
		spotlight: optionalText(body, 'spotlight'),
		isLocked: optionalFlag(body, 'locked'),
		isQuiet: optionalFlag(body, 'quiet'),
		message: optionalText(body, 'message'),
		timer: optionalText(body, 'timer'),
		minutes: optionalNumber(body, 'minutes'),
		gather: optionalFlag(body, 'gather'),
		handsDown: optionalFlag(body, 'handsDown')
	});
	return json({});
});

export const fallback: RequestHandler = allowOnly('GET', 'HEAD', 'POST');
