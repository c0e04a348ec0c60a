/**
 * For the contract tests: the server as people run it, as a process of its own on a free port with
 * an empty data folder, and a client that keeps cookies. Needs the built app (`npm run build`).
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';
import { temporaryFolder } from '../../server/database/open-test-databases.ts';
import { SERVER_FLAGS } from '../../tools/run.mjs';

const ROOT = new URL('../../', import.meta.url);

export interface Ended {
	code: number | null;
	signal: NodeJS.Signals | null;
}

export class ServerProcess {
	readonly child: ChildProcess;
	readonly ended: Promise<Ended>;
	/** What it wrote to standard error so far. */
	errors = '';
	/** `http://127.0.0.1:<port>`, once it listens. */
	address = '';

	constructor(child: ChildProcess) {
		this.child = child;
		child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.errors += text));
		this.ended = once(child, 'close').then(([code, signal]) => ({ code, signal }) as Ended);
	}

	/** Resolves when it says where it listens. Throws what it said when it ends before that. */
	async listening(): Promise<void> {
		if (this.child.stdout === null) throw new Error('no output');
		for await (const line of createInterface(this.child.stdout)) {
			const address = /^Détente Board is on (\S+)$/.exec(line)?.[1];
			if (address === undefined) continue;
			this.address = address;
			return;
		}
		throw new Error(`The server did not start: ${this.errors}`);
	}

	async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<Ended> {
		this.child.kill(signal);
		return this.ended;
	}
}

/** Starts `server/main.ts` with nothing set but what is given; killed when the test ends. */
export function spawnServer(env: Record<string, string> = {}): ServerProcess {
	if (!existsSync(new URL('build/handler.js', ROOT))) {
		throw new Error('The contract tests need the built app: run `npm run build` first.');
	}
	const child = spawn(process.execPath, [...SERVER_FLAGS, 'server/main.ts'], {
		cwd: ROOT,
		env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
		stdio: ['ignore', 'pipe', 'pipe']
	});
	const server = new ServerProcess(child);
	onTestFinished(async () => {
		child.kill('SIGKILL');
		await server.ended;
	});
	return server;
}

/** A server that listens on a free port, with data of its own. */
export async function runServer(env: Record<string, string> = {}): Promise<ServerProcess> {
	const dataDir = temporaryFolder();
	const server = spawnServer({ PORT: '0', DATA_DIR: dataDir, LOG_LEVEL: 'warn', ...env });
	await server.listening();
	return server;
}

export interface Answer {
	status: number;
	headers: IncomingHttpHeaders;
	text: string;
	/** The body as JSON; undefined when it is none. */
	// eslint-disable-next-line @typescript-eslint/no-explicit-any -- whatever came
	json: any;
}

export interface Sending {
	method?: string;
	headers?: Record<string, string>;
	body?: string | Uint8Array;
}

/** One client of a server. Plain `node:http`, since `fetch` forbids some headers. */
export class Client {
	readonly #address: string;
	/** As it goes into the header `Cookie`. */
	cookie: string | undefined;

	constructor(server: { address: string }, cookie?: string) {
		this.#address = server.address;
		this.cookie = cookie;
	}

	async send(path: string, { method = 'GET', headers = {}, body }: Sending = {}): Promise<Answer> {
		const url = new URL(this.#address);
		const cookie = this.cookie === undefined ? {} : { cookie: this.cookie };
		const { promise, resolve, reject } = Promise.withResolvers<Answer>();
		const request = httpRequest(
			{ host: url.hostname, port: url.port, path, method, headers: { ...cookie, ...headers } },
			(response) => {
				let text = '';
				response.setEncoding('utf8').on('data', (part: string) => (text += part));
				response.on('error', reject);
				response.on('end', () => {
					const { statusCode: status = 0, headers } = response;
					resolve({ status, headers, text, json: parse(text) });
				});
			}
		);
		request.on('error', reject);
		request.end(body);
		const answer = await promise;
		const set = answer.headers['set-cookie']?.[0];
		if (set !== undefined) this.cookie = set.split(';', 1)[0];
		return answer;
	}

	get(path: string, headers?: Record<string, string>): Promise<Answer> {
		return this.send(path, headers === undefined ? {} : { headers });
	}

	post(path: string, value: unknown, headers: Record<string, string> = {}): Promise<Answer> {
		return this.send(path, {
			method: 'POST',
			headers: { 'content-type': 'application/json', ...headers },
			body: JSON.stringify(value)
		});
	}
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
