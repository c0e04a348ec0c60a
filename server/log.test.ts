import { expect, it } from 'vitest';
import { describeError } from './log.ts';

function thrownBy(work: () => unknown): unknown {
	try {
		work();
	} catch (error) {
		return error;
	}
	throw new Error('nothing was thrown');
}

it('says what kind of error it is, and where', () => {
	const described = describeError(new RangeError('too far'));
	expect(described).toMatchObject({ type: 'RangeError', message: 'too far' });
	expect(described.stack).toMatch(/^\s+at .+log\.test\.ts/);
	expect(described.stack).not.toContain('too far');
});

it.each([
	['JSON that cannot be read', () => JSON.parse('{"title": "Quagga", oops')],
	['an address that is none', () => new URL('Quagga')],
	[
		'a database that names values',
		() => {
			throw Object.assign(new Error('duplicate key'), {
				code: '23505',
				detail: 'Key (email)=(quagga@example.org) already exists.',
				parameters: ['Quagga']
			});
		}
	],
	[
		'a mail server that names people',
		() => {
			throw Object.assign(new Error('550 no such user <quagga@example.org>'), {
				rejected: ['quagga@example.org']
			});
		}
	],
	[
		'a cause',
		() => {
			throw new Error('outer', { cause: thrownBy(() => JSON.parse('"Quagga')) });
		}
	],
	[
		'what is no error',
		() => {
			throw 'Quagga';
		}
	]
])('keeps to itself what somebody typed: %s', (_, work) => {
	expect(JSON.stringify(describeError(thrownBy(work)))).not.toMatch(/quagga/i);
});

it('keeps codes, and ends at causes that go round', () => {
	const error = Object.assign(new Error('busy'), { code: 'ERR_SQLITE_ERROR', errcode: 5 });
	expect(describeError(error)).toMatchObject({ code: 'ERR_SQLITE_ERROR', errcode: 5 });
	error.cause = error;
	expect(JSON.stringify(describeError(error)).length).toBeLessThan(20_000);
});
