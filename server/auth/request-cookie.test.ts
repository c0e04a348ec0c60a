import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { requestCookie } from './request-cookie.ts';

const cookie = (header: string | undefined) =>
	requestCookie({ headers: { cookie: header } } as IncomingMessage, 'guest');

describe('a cookie of a raw request', () => {
	it.each([
		['guest=abc', 'abc'],
		['a=1; guest=abc; b=2', 'abc'],
		['a=1;guest=abc', 'abc'],
		['guest="abc"', 'abc'],
		['guest=first; guest=second', 'first'],
		['xguest=abc', undefined],
		['guest', undefined],
		['', undefined],
		[undefined, undefined]
	])('is in %j: %j', (header, value) => {
		expect(cookie(header)).toBe(value);
	});
});
