/** Somebody with a browser's cookie, over plain requests to the interface for programs. */
import { Agent, request as httpRequest } from 'node:http';

/** Connections are kept for a second, and the server keeps them for five. */
const agent = new Agent({ keepAlive: true, timeout: 1_000 });

export class Visitor {
	readonly #port: number;
	/** As it goes into the header `Cookie`. */
	cookie = '';

	constructor(port: number) {
		this.#port = port;
	}

	/** The JSON that an address answers. Rejects for every status but a success, with what was said. */
	read<T>(path: string): Promise<T> {
		return this.#ask('GET', path);
	}

	/** The same of what is sent as JSON. */
	async send<T>(path: string, value: object = {}): Promise<T> {
		return this.#ask('POST', path, 'application/json', JSON.stringify(value));
	}

	/** A form, as a browser with scripts sends it. */
	async fill(path: string, fields: Record<string, string>): Promise<void> {
		const body = new URLSearchParams(fields).toString();
		const { type } = await this.#ask<{ type: string }>(
			...(['POST', path, 'application/x-www-form-urlencoded', body] as const)
		);
		if (type !== 'success') throw new Error(`${path}: ${type}`);
	}

	async #ask<T>(method: string, path: string, kind?: string, body?: string): Promise<T> {
		const origin = `http://127.0.0.1:${this.#port}`;
		const headers: Record<string, string> = { origin, accept: 'application/json' };
		if (this.cookie !== '') headers.cookie = this.cookie;
		if (kind !== undefined) headers['content-type'] = kind;
		const { promise, resolve, reject } = Promise.withResolvers<T>();
		const request = httpRequest({
			host: '127.0.0.1',
			port: this.#port,
			path,
			method,
			headers,
			agent
		});
		request.on('error', reject);
		request.on('response', (response) => {
			const set = response.headers['set-cookie']?.[0];
			if (set !== undefined) this.cookie = set.split(';', 1)[0]!;
			let text = '';
			response.setEncoding('utf8').on('data', (part: string) => (text += part));
			response.on('error', reject);
			response.on('end', () => {
				const { statusCode = 0 } = response;
				if (statusCode >= 200 && statusCode < 300) resolve(JSON.parse(text) as T);
				else reject(new Error(`${method} ${path}: ${statusCode} ${text.slice(0, 200)}`));
			});
		});
		request.end(body);
		return promise;
	}
}
