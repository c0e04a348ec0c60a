import { readFileSync } from 'node:fs';
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
			signUpsPerHour: 60,
			guestRetentionDays: 90,
			auditDays: 365,
			metricsPort: undefined
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
			SIGN_UPS_PER_HOUR: '9',
			GUEST_RETENTION_DAYS: '30',
			AUDIT_DAYS: '30',
			METRICS_PORT: '9100'
		};
		expect(readConfig(env)).toEqual({
			host: '::',
			port: 0,
			dataDir: '/srv/a folder',
			origin: 'https://board.example.org',
			logLevel: 'debug',
			trustedProxies: 2,
			roomsPerHour: 5,
			signUpsPerHour: 9,
			guestRetentionDays: 30,
			auditDays: 30,
			metricsPort: 9100
		});
	});

	it('is told of in the README, each variable of it', () => {
		const source = readFileSync('server/config.ts', 'utf8');
		const names = new Set([...source.matchAll(/'([A-Z]+(?:_[A-Z]+)*)'/g)].map(([, name]) => name));
		expect(names.size).toBeGreaterThan(10);
		const readme = readFileSync('README.md', 'utf8');
		expect([...names].filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
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
		['SIGN_UPS_PER_HOUR', '0'],
		['GUEST_RETENTION_DAYS', '0'],
		['AUDIT_DAYS', '0'],
		['METRICS_PORT', '70000'],
		['METRICS_PORT', 'on']
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

	describe('of mail', () => {
		const mail = {
			SMTP_URL: 'smtps://ann:secret@mail.example.org',
			MAIL_FROM: 'board@example.org'
		};
		const ORIGIN = 'https://board.example.org';

		it('is taken together', () => {
			expect(readConfig({ ...mail, ORIGIN }).mail).toEqual({
				smtpUrl: mail.SMTP_URL,
				from: mail.MAIL_FROM
			});
			expect(readConfig({ MAIL_FROM: mail.MAIL_FROM }).mail).toBeUndefined();
		});

		it('needs a sender, and an address for its links that no request can choose', () => {
			expect(complaints(mail)).toEqual([
				'SMTP_URL is set, but ORIGIN is not: links in mail need a public address.'
			]);
			expect(complaints({ SMTP_URL: mail.SMTP_URL, ORIGIN })).toEqual([
				'SMTP_URL is set, but MAIL_FROM is not: mail needs a sender.'
			]);
		});

		it('is complained of once, and without the password', () => {
			const said = complaints({ ...mail, ORIGIN, SMTP_URL: 'https://ann:secret@mail.example.org' });
			expect(said).toHaveLength(1);
			expect(said[0]).toMatch(/^SMTP_URL is set, but must be the address of a mail server/);
			expect(said[0]).not.toContain('secret');
			expect(complaints({ ...mail, ORIGIN, MAIL_FROM: 'a@b.org, c@d.org' })).toHaveLength(1);
		});
	});
});
