import { json } from '@sveltejs/kit';
import { allowOnly, endpoint } from '$lib/server/api.ts';
import {
	optionalFlag,
	optionalNumber,
	optionalText,
	readJsonObject,
	requiredTexts
} from '$lib/server/json-body.ts';
import type { RequestHandler } from './$types';

/** All blind rounds of the room, the first one first. */
export const GET: RequestHandler = endpoint(async ({ locals, params }) => {
	return json({ rounds: await locals.services.rounds.list(locals.person, params.id) });
});

/** Opens a blind round. */
export const POST: RequestHandler = endpoint(async ({ locals, params, request }) => {
	const body = await readJsonObject(request);
	const id = await locals.services.rounds.open(locals.person, params.id, {
		cards: requiredTexts(body, 'cards'),
		named: optionalFlag(body, 'named'),
		ends: optionalText(body, 'ends'),
		minutes: optionalNumber(body, 'minutes'),
		least: optionalNumber(body, 'least'),
		consensus: optionalNumber(body, 'consensus'),
		repeats: optionalText(body, 'repeats')
	});
	return json({ id }, { status: 201 });
});

export const fallback: RequestHandler = allowOnly('GET', 'HEAD', 'POST');
