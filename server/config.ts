/**
 * The configuration, and the only reader of the environment. A variable that is unset or empty
 * takes its default; one that makes no sense stops the start with a sentence that names it, what
 * was given and what is expected.
 */
import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { CannotStart } from './cannot-start.ts';

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export interface Config {
	/** `HOST`: the network address to listen on; 127.0.0.1. */
	host: string;
	/** `PORT`: 3000; 0 takes any free one. */
	port: number;
	/** `DATA_DIR`: where everything is kept, as an absolute path; ./data. */
	dataDir: string;
	/** `ORIGIN`: the public address when it is not the one listened on, such as behind TLS. */
	origin: string | undefined;
	/** `LOG_LEVEL`: info. Log lines are JSON on standard error. */
	logLevel: LogLevel;
	/**
	 * `TRUSTED_PROXY`: how many proxies stand in front, each adding one entry to X-Forwarded-For; 0.
	 * With 0 that header is ignored, since anybody can send it.
	 */
	trustedProxies: number;
	/** `ROOMS_PER_HOUR`: rooms that one network address may open in an hour; 1000. */
	roomsPerHour: number;
	/** `SIGN_UPS_PER_HOUR`: accounts that one network address may make in an hour; 60. */
	signUpsPerHour: number;
	/**
	 * `SMTP_URL` and `MAIL_FROM`: through which server and from which address mail is sent; none. They
	 * need `ORIGIN`, since what a request says of its own address must not get into a mailed link.
	 */
	mail: { smtpUrl: string; from: string } | undefined;
	/** `GUEST_RETENTION_DAYS`: how long a guest is known; then the name is erased. 90. */
	guestRetentionDays: number;
	/** `AUDIT_DAYS`: how long the audit trail is kept, in days; 365. */
	auditDays: number;
	/** `METRICS_PORT`: where figures are to be had, on 127.0.0.1 alone; none. 0 takes any free one. */
	metricsPort: number | undefined;
}

export type Environment = Record<string, string | undefined>;

/** Reads the configuration. Throws `CannotStart` with one sentence for each invalid variable. */
export function readConfig(env: Environment = process.env): Config {
	const complaints: string[] = [];

	function read<T>(
		name: string,
		fallback: T,
		expected: string,
		parse: (text: string) => T | undefined,
		shown: (text: string) => string = JSON.stringify
	): T {
		const text = env[name]?.trim();
		if (text === undefined || text === '') return fallback;
		const value = parse(text);
		if (value !== undefined) return value;
		complaints.push(`${name} is ${shown(text)}, but must be ${expected}.`);
		return fallback;
	}

	const config: Config = {
		host: read(
			'HOST',
			'127.0.0.1',
			'a host name or an IP address without brackets, such as 127.0.0.1 or 0.0.0.0',
			(text) => (isHost(text) ? text : undefined)
		),
		port: read('PORT', 3000, 'a whole number from 0 to 65535', integer(0, 65_535)),
		dataDir: resolve(
			read('DATA_DIR', 'data', 'a folder without a NUL in its name', (text) =>
				text.includes('\0') ? undefined : text
			)
		),
		origin: read<string | undefined>(
			'ORIGIN',
			undefined,
			'a scheme and a host alone, such as https://board.example.org',
			parseOrigin
		),
		logLevel: read<LogLevel>('LOG_LEVEL', 'info', `one of ${LOG_LEVELS.join(', ')}`, (text) =>
			LOG_LEVELS.find((level) => level === text)
		),
		trustedProxies: read(
			'TRUSTED_PROXY',
			0,
			'the number of proxies in front of this server, from 0 to 10',
			integer(0, 10)
		),
		roomsPerHour: read(
			'ROOMS_PER_HOUR',
			1000,
			'a whole number from 1 to 1000000',
			integer(1, 1_000_000)
		),
		signUpsPerHour: read(
			'SIGN_UPS_PER_HOUR',
			60,
			'a whole number from 1 to 1000000',
			integer(1, 1_000_000)
		),
		mail: undefined,
		guestRetentionDays: read(
			'GUEST_RETENTION_DAYS',
			90,
			'a whole number of days from 1 to 3650',
			integer(1, 3650)
		),
		auditDays: read('AUDIT_DAYS', 365, 'a whole number of days from 1 to 3650', integer(1, 3650)),
		metricsPort: read<number | undefined>(
			'METRICS_PORT',
			undefined,
			'a whole number from 0 to 65535',
			integer(0, 65_535)
		)
	};

	const smtpUrl = read<string | undefined>(
		'SMTP_URL',
		undefined,
		'the address of a mail server, such as smtps://user:password@mail.example.org',
		(text) => (/^smtps?:$/.test(URL.parse(text)?.protocol ?? '') ? text : undefined),
		() => 'set'
	);
	const from = read<string | undefined>(
		'MAIL_FROM',
		undefined,
		'an e-mail address, such as board@example.org',
		(text) => (/^[^\s@<>,;]+@[^\s@<>,;]+$/.test(text) ? text : undefined)
	);
	if (smtpUrl !== undefined) {
		if (from === undefined && !env.MAIL_FROM?.trim()) {
			complaints.push('SMTP_URL is set, but MAIL_FROM is not: mail needs a sender.');
		}
		if (config.origin === undefined && !env.ORIGIN?.trim()) {
			complaints.push('SMTP_URL is set, but ORIGIN is not: links in mail need a public address.');
		}
		if (from !== undefined) config.mail = { smtpUrl, from };
	}

	if (complaints.length > 0) throw new CannotStart(...complaints);
	return config;
}

function integer(least: number, most: number): (text: string) => number | undefined {
	return (text) => {
		const value = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
		return value >= least && value <= most ? value : undefined;
	};
}

function isHost(text: string): boolean {
	return isIP(text) !== 0 || /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9-]+)*$/i.test(text);
}

function parseOrigin(text: string): string | undefined {
	const url = URL.parse(text);
	if (url === null || !/^https?:$/.test(url.protocol)) return undefined;
	const bare = url.pathname === '/' && url.search === '' && url.hash === '' && url.username === '';
	return bare && url.password === '' ? url.origin : undefined;
}
