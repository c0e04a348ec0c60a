import type { IncomingMessage } from 'node:http';

/** The value of a cookie in a raw request; the first one when it was sent twice. */
export function requestCookie(request: IncomingMessage, name: string): string | undefined {
	const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim());
	const found = pairs.find((pair) => pair.startsWith(`${name}=`));
	return found?.slice(name.length + 1).replace(/^"(.*)"$/, '$1');
}
