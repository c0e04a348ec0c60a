/**
 * Mail that goes out some seconds after the request that caused it was answered, one at a time: how
 * long an answer takes tells nothing of whether there was anything to send, or to whom.
 *
 * What waits is bounded and in memory; when the server stops, it is given a moment.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { createTransport } from 'nodemailer';
import type { Log } from '../log.ts';

export interface Message {
	to: string;
	subject: string;
	/** Plain text. */
	text: string;
}

export interface Outbox {
	/** Makes a message in a while, or finds that there is none to send. */
	post(compose: () => Promise<Message | null>): void;
	/** Sends what waits, for some seconds at most. */
	close(): Promise<void>;
}

export interface OutboxOptions {
	/** Such as `smtps://user:password@mail.example.org`. */
	smtpUrl: string;
	/** The sender's address. */
	from: string;
	log: Log;
	/** How long after `post` work begins, from and to; in milliseconds. */
	delayMs?: readonly [least: number, most: number];
}

const DELAY_MS = [500, 1_500] as const;
const WAITING_MAX = 200;
const CONNECT_MS = 10_000;
const ANSWER_MS = 20_000;
const CLOSE_MS = 4_000;

export function createOutbox({ smtpUrl, from, log, delayMs = DELAY_MS }: OutboxOptions): Outbox {
	const transport = createTransport({
		url: smtpUrl,
		connectionTimeout: CONNECT_MS,
		greetingTimeout: CONNECT_MS,
		socketTimeout: ANSWER_MS,
		disableFileAccess: true,
		disableUrlAccess: true
	});
	const closing = new AbortController();
	let waiting = 0;
	let working = Promise.resolve();
	let isOver = false;

	/** Ends early when the outbox closes. */
	async function delay(): Promise<void> {
		const [least, most] = delayMs;
		const ms = least + Math.random() * (most - least);
		await pause(ms, undefined, { signal: closing.signal }).catch(() => undefined);
	}

	async function send(compose: () => Promise<Message | null>): Promise<void> {
		await delay();
		if (isOver) return;
		try {
			const message = await compose();
			if (message !== null) await transport.sendMail({ from, ...message });
		} catch (error) {
			// Servers put the recipient's address into what they say.
			log.error(reasonOf(error), 'a mail could not be sent');
		} finally {
			waiting -= 1;
		}
	}

	return {
		post(compose) {
			if (waiting >= WAITING_MAX) return log.warn('too many mails wait: one is not sent');
			waiting += 1;
			working = working.then(() => send(compose));
		},
		async close() {
			closing.abort();
			await Promise.race([working, pause(CLOSE_MS, undefined, { ref: false })]);
			isOver = true;
			transport.close();
		}
	};
}

function reasonOf(error: unknown): Record<string, unknown> {
	if (!(error instanceof Error)) return {};
	const { name, code, responseCode, command } = error as Error & Record<string, unknown>;
	return { name, code, responseCode, command };
}
