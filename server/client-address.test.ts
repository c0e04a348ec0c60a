import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { addressKey, clientAddress } from './client-address.ts';

function request(forwarded?: string): IncomingMessage {
	const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded };
	return { headers, socket: { remoteAddress: '192.0.2.1' } } as unknown as IncomingMessage;
}

describe('the client address', () => {
	it('is the socket’s without a proxy, whatever X-Forwarded-For says', () => {
		expect(clientAddress(request('203.0.113.9'), 0)).toBe('192.0.2.1');
		expect(clientAddress(request(), 0)).toBe('192.0.2.1');
	});

	it('is what the outermost of our proxies saw, not what the client wrote before it', () => {
		expect(clientAddress(request('10.0.0.1, 203.0.113.9'), 1)).toBe('203.0.113.9');
		expect(clientAddress(request('10.0.0.1, 203.0.113.9, 198.51.100.2'), 2)).toBe('203.0.113.9');
	});

	it('is the socket’s when the header does not reach that far or holds no address', () => {
		expect(clientAddress(request('203.0.113.9'), 2)).toBe('192.0.2.1');
		expect(clientAddress(request('unknown'), 1)).toBe('192.0.2.1');
		expect(clientAddress(request(), 1)).toBe('192.0.2.1');
	});
});

describe('what limits count by', () => {
	it.each([
		['192.0.2.1', '192.0.2.1'],
		['::ffff:192.0.2.1', '192.0.2.1'],
		['::ffff:c000:201', '192.0.2.1'],
		['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
		['2001:db8:1:2::', '2001:db8:1:2::/64'],
		['2001:DB8:1:2:ffff::1', '2001:db8:1:2::/64'],
		['2001:db8::1', '2001:db8:0:0::/64'],
		['fe80::1%eth0', 'fe80:0:0:0::/64'],
		['::1', '0:0:0:0::/64'],
		['', '']
	])('is for %j the key %j', (address, key) => {
		expect(addressKey(address)).toBe(key);
	});

	it('is for a whole IPv6 site its /48, and for IPv4 still the address', () => {
		expect(addressKey('2001:db8:1:2:3:4:5:6', 48)).toBe('2001:db8:1::/48');
		expect(addressKey('::ffff:192.0.2.1', 48)).toBe('192.0.2.1');
	});
});
