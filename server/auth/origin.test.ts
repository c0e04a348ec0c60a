import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { allowsOrigin } from './origin.ts';

const request = (host: string | undefined, origin?: string) =>
	({ headers: { host, ...(origin !== undefined && { origin }) } }) as IncomingMessage;

describe('the origin of a websocket', () => {
	it('may be the address that the request was sent to', () => {
		for (const host of ['127.0.0.1:3000', 'localhost:3000', '[::1]:3000', 'board.local']) {
			expect(allowsOrigin(request(host, `http://${host}`), undefined)).toBe(true);
		}
		expect(allowsOrigin(request('board.local:80', 'http://board.local'), undefined)).toBe(true);
	});

	it('may not be another one', () => {
		const others = [
			'http://evil.example',
			'http://127.0.0.1:3001',
			'https://127.0.0.1:3000',
			'http://127.0.0.1:3000.evil.example',
			'null',
			''
		];
		for (const other of others) {
			expect(allowsOrigin(request('127.0.0.1:3000', other), undefined)).toBe(false);
		}
	});

	it('is the configured one, behind a proxy, whatever the Host', () => {
		const origin = 'https://board.example.org';
		expect(allowsOrigin(request('127.0.0.1:3000', origin), origin)).toBe(true);
		expect(allowsOrigin(request('evil.example', 'http://evil.example'), origin)).toBe(false);
	});

	it('may be absent, as programs send none', () => {
		expect(allowsOrigin(request('127.0.0.1:3000'), undefined)).toBe(true);
	});

	it('is refused when there is nothing to compare it with', () => {
		expect(allowsOrigin(request(undefined, 'http://evil.example'), undefined)).toBe(false);
	});
});
