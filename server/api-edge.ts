/**
 * Requests to the JSON interface that SvelteKit would refuse in its own words before any of the
 * app's code runs. They get the interface's form of error here, ahead of the app.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { answerJson } from './answer-json.ts';

const FORM = /^\s*(application\/x-www-form-urlencoded|multipart\/form-data|text\/plain)\s*(;|$)/i;
const SENDS = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

/** Answers and returns true when it is such a request: TRACE, a form's body, a broken address. */
export function answersEarly(request: IncomingMessage, response: ServerResponse): boolean {
	const { url = '', method = '' } = request;
	if (!url.startsWith('/api/')) return false;
	if (!isDecodable(url)) {
		answerJson(response, 400, 'malformed-address', 'This address is not properly encoded.');
		return true;
	}
	if (method === 'TRACE') {
		answerJson(response, 405, 'wrong-method', 'This address does not take this method.');
		return true;
	}
	if (SENDS.has(method) && FORM.test(request.headers['content-type'] ?? '')) {
		answerJson(
			response,
			415,
			'wrong-content-type',
			'Send the body as JSON, with the header Content-Type: application/json.'
		);
		return true;
	}
	return false;
}

function isDecodable(url: string): boolean {
	try {
		decodeURIComponent(url.split('?', 1)[0] ?? '');
		return true;
	} catch (error) {
		if (error instanceof URIError) return false;
		throw error;
	}
}
