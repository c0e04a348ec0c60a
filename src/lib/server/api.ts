/**
 * The interface for programs (DESIGN.md, section 7): JSON in, JSON out, and every error as
 * `{"error": {"code", "message"}}` with a fitting status.
 */
import { json, type RequestEvent } from '@sveltejs/kit';
import { refusalOf } from '$lib/refusals.ts';

const ERRORS = {
	'malformed-json': { status: 400, message: 'The body is not valid JSON in UTF-8.' },
	'not-an-object': { status: 400, message: 'The body must be a JSON object.' },
	'wrong-field': { status: 400, message: 'A field has the wrong type.' },
	'signed-out': { status: 401, message: 'You are signed out. Sign in again.' },
	'cross-site': { status: 403, message: 'Other sites may not send requests here.' },
	'not-found': { status: 404, message: 'There is nothing at this address.' },
	'wrong-method': { status: 405, message: 'This address does not take this method.' },
	'body-too-large': { status: 413, message: 'The body is larger than 16 KiB.' },
	'wrong-content-type': {
		status: 415,
		message: 'Send the body as JSON, with the header Content-Type: application/json.'
	},
	internal: { status: 500, message: 'Something went wrong on our side. It has been noted.' }
} as const;

export type ApiErrorCode = keyof typeof ERRORS;

/** A request that is wrong in itself. */
export class ApiError extends Error {
	override readonly name = 'ApiError';
	readonly code: ApiErrorCode;

	constructor(code: ApiErrorCode, message: string = ERRORS[code].message) {
		super(message);
		this.code = code;
	}
}

/** Makes an endpoint of `handle`: whatever it throws is answered in the interface's form. */
export function endpoint<Event extends RequestEvent>(
	handle: (event: Event) => Response | Promise<Response>
): (event: Event) => Promise<Response> {
	return async (event) => {
		try {
			return await handle(event);
		} catch (thrown) {
			return errorResponse(thrown, event);
		}
	};
}

/** For an endpoint's other methods: 405 with what it takes. */
export function allowOnly(...methods: string[]): () => Promise<Response> {
	return async () => respond('wrong-method', { allow: methods.join(', ') });
}

/** The answer to what was thrown. An error that nobody expected is logged; nothing of it shows. */
export function errorResponse(
	thrown: unknown,
	{ locals, request, route }: Pick<RequestEvent, 'locals' | 'request' | 'route'>
): Response {
	if (thrown instanceof ApiError) return respond(thrown.code, {}, thrown.message);
	const refusal = refusalOf(thrown);
	if (refusal === undefined) {
		const id = crypto.randomUUID();
		locals.services.report(thrown, { id, method: request.method, route: route.id });
		return respond('internal', {}, `${ERRORS.internal.message} Its number is ${id}.`);
	}
	const { code, message, status, retryAfter } = refusal;
	const headers: Record<string, string> =
		retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) };
	return json({ error: { code, message } }, { status, headers });
}

function respond(
	code: ApiErrorCode,
	headers: Record<string, string> = {},
	message: string = ERRORS[code].message
): Response {
	return json({ error: { code, message } }, { status: ERRORS[code].status, headers });
}
