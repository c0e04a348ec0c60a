import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CannotStart } from './cannot-start.ts';
import { readConfig, type Environment } from './config.ts';

function complaints(env: Environment): readonly string[] {
	try {
		readConfig(env);
		return [];
	} catch (error) {
		if (error instanceof CannotStart) return error.sentences;
		throw error;
	}
}

describe('the configuration', () => {
	it('needs nothing set', () => {
		expect(readConfig({})).toEqual({
			host: '127.0.0.1',
			port: 3000,
			dataDir: resolve('data'),
			origin: undefined,
			logLevel: 'info',
			trustedProxies: 0,
			roomsPerHour: 1000,
			guestRetentionDays: 90
		});
	});

	it('takes what is set', () => {
		const env = {
			HOST: '::',
			PORT: '0',
			DATA_DIR: '/srv/a folder',
			ORIGIN: 'https://Board.example.org/',
			LOG_LEVEL: 'debug',
			TRUSTED_PROXY: '2',
			ROOMS_PER_HOUR: '5',
			GUEST_RETENTION_DAYS: '30'
		};
		expect(readConfig(env)).toEqual({
			host: '::',
			port: 0,
			dataDir: '/srv/a folder',
			origin: 'https://board.example.org',
			logLevel: 'debug',
			trustedProxies: 2,
			roomsPerHour: 5,
			guestRetentionDays: 30
		});
	});

	it('takes an empty variable for one that is not set', () => {
		expect(readConfig({ PORT: '', ORIGIN: ' ', HOST: '' })).toEqual(readConfig({}));
	});

	it.each([
		['PORT', '80a'],
		['PORT', '65536'],
		['PORT', '-1'],
		['PORT', '3000.5'],
		['PORT', '1e3'],
		['HOST', 'http://localhost'],
		['HOST', '[::1]'],
		['HOST', 'local host'],
		['ORIGIN', 'board.example.org'],
		['ORIGIN', 'ftp://board.example.org'],
		['ORIGIN', 'https://board.example.org/path'],
		['ORIGIN', 'https://me@board.example.org'],
		['ORIGIN', 'null'],
		['LOG_LEVEL', 'loud'],
		['DATA_DIR', 'a\0b'],
		['TRUSTED_PROXY', 'true'],
		['TRUSTED_PROXY', '11'],
		['ROOMS_PER_HOUR', '0'],
		['GUEST_RETENTION_DAYS', '0']
	])(
		'refuses %s=%j in one sentence that says what was given and what is expected',
		(name, value) => {
			expect(complaints({ [name]: value })).toEqual([
				expect.stringMatching(new RegExp(`^${name} is .+, but must be .+\\.$`))
			]);
			expect(complaints({ [name]: value })[0]).toContain(JSON.stringify(value));
		}
	);

	it('names every invalid variable at once', () => {
		expect(complaints({ PORT: 'x', HOST: '//', LOG_LEVEL: 'y' })).toHaveLength(3);
	});
});
