/**
 * Which network address a request counts as, for limits. X-Forwarded-For is believed only as far
 * as proxies are configured: each of ours adds the address that it saw at the right end, so with
 * `n` proxies the n-th from the right was written by the outermost of them, and everything left
 * of it by whoever sent the request.
 */
import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';

/** The client's address. Falls back to the socket's for a header that does not reach that far. */
export function clientAddress(request: IncomingMessage, trustedProxies: number): string {
	const direct = request.socket.remoteAddress ?? '';
	if (trustedProxies === 0) return direct;
	const header = request.headers['x-forwarded-for'] ?? '';
	const entries = (Array.isArray(header) ? header.join(',') : header).split(',');
	const address = entries.at(-trustedProxies)?.trim() ?? '';
	return isIP(address) === 0 ? direct : address;
}

/**
 * What a limit counts by: an IPv4 address, or the /64 of an IPv6 one, since a /64 is what one
 * household or one machine gets. `prefix` 48 takes what one site gets instead. IPv4 in IPv6
 * (`::ffff:192.0.2.1`) counts as IPv4.
 */
export function addressKey(address: string, prefix: 48 | 64 = 64): string {
	if (isIP(address) !== 6) return address;
	const groups = expand(address.replace(/%.*$/, ''));
	const mapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
	if (mapped) return ipv4(groups[6] ?? 0, groups[7] ?? 0);
	return `${groups
		.slice(0, prefix / 16)
		.map((group) => group.toString(16))
		.join(':')}::/${prefix}`;
}

/** The eight groups of a valid IPv6 address. */
function expand(address: string): number[] {
	const hex = address.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, a, b, c, d) =>
		[Number(a) * 256 + Number(b), Number(c) * 256 + Number(d)].map((n) => n.toString(16)).join(':')
	);
	const [left = '', right] = hex.split('::');
	const head = parseGroups(left);
	const tail = parseGroups(right ?? '');
	return [...head, ...new Array<number>(8 - head.length - tail.length).fill(0), ...tail];
}

function parseGroups(text: string): number[] {
	return text === '' ? [] : text.split(':').map((group) => parseInt(group, 16));
}

function ipv4(high: number, low: number): string {
	return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}
