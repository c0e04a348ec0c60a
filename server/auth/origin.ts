/**
 * Whose pages may open a websocket: browsers do not stop a foreign page from opening one with our
 * cookie, they only say in `Origin` who it is.
 */
import type { IncomingMessage } from 'node:http';

/**
 * True when the request comes from this site: its Origin is `origin`, or, when none is configured,
 * the address that the request itself was sent to. A request without Origin is no browser's; it
 * needs the cookie like any other.
 */
export function allowsOrigin(request: IncomingMessage, origin: string | undefined): boolean {
	const from = request.headers.origin;
	if (from === undefined) return true;
	return from === (origin ?? URL.parse(`http://${request.headers.host ?? ''}`)?.origin);
}
