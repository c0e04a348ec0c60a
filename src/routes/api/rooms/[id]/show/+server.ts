import { json } from '@sveltejs/kit';
import { allowOnly, endpoint } from '$lib/server/api.ts';
import {
	optionalFlag,
	optionalNumber,
	optionalText,
	readJsonObject,
	requiredNumber,
	requiredObjects,
	requiredText
} from '$lib/server/json-body.ts';
import type { RequestHandler } from './$types';

/** Sixty steps with long notes in any script, in bytes. */
const SHOW_MAX = 512 * 1024;

/** The run of show with its notes, for facilitators. */
export const GET: RequestHandler = endpoint(async ({ locals, params }) => {
	return json(await locals.services.runOfShow.read(locals.person, params.id));
});

/** Writes the run of show; `from` is the version that was changed. */
export const PUT: RequestHandler = endpoint(async ({ locals, params, request }) => {
	const body = await readJsonObject(request, SHOW_MAX);
	const version = await locals.services.runOfShow.write(locals.person, params.id, {
		from: requiredNumber(body, 'from'),
		steps: requiredObjects(body, 'steps').map((step) => ({
			kind: requiredText(step, 'kind'),
			title: requiredText(step, 'title'),
			minutes: optionalNumber(step, 'minutes'),
			card: optionalText(step, 'card'),
			asks: optionalFlag(step, 'asks'),
			notes: optionalText(step, 'notes')
		}))
	});
	return json({ version });
});

export const fallback: RequestHandler = allowOnly('GET', 'HEAD', 'PUT');
