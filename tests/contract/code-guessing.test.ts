/** Ten thousand guesses at the code of a workshop, each with another forged address. */
import { expect, it, vi } from 'vitest';
import { Client, runServer } from './run-server.ts';

vi.setConfig({ testTimeout: 180_000 });

const GUESSES = 10_000;
const AT_A_TIME = 20;
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

const median = (times: number[]) => times.sort((a, b) => a - b)[times.length >> 1] ?? NaN;

function randomCode(): string {
	return Array.from({ length: 8 }, () => ALPHABET[Math.floor(Math.random() * 32)]).join('');
}

function forged(n: number): Record<string, string> {
	const address = `${10 + (n % 200)}.${(n >> 8) & 255}.${n & 255}.7`;
	return {
		'x-forwarded-for': `${address}, ${address}`,
		'x-real-ip': address,
		'x-detente-address': address,
		forwarded: `for=${address}`,
		'true-client-ip': address,
		'cf-connecting-ip': address
	};
}

it('finds none; after the first twenty all are 429, in the same words, the right code too', async () => {
	const server = await runServer();
	const ann = new Client(server);
	const codes: string[] = [];
	for (let n = 0; n < 20; n++) {
		codes.push((await ann.post('/api/rooms', { template: 'blank', name: 'Ann' })).json.code);
	}

	const seen = new Map<string, number>();
	const times: Record<string, number[]> = { wrong: [], right: [] };
	let next = 0;
	const guessOn = async () => {
		const eve = new Client(server);
		for (let n = next++; n < GUESSES; n = next++) {
			// Among those that are refused unread, some are right: nothing must tell.
			const isRight = n > 1_000 && n % 50 === 0;
			const code = isRight ? codes[n % codes.length] : randomCode();
			const started = performance.now();
			const answer = await eve.post('/api/join', { code, name: 'Eve' }, forged(n));
			times[isRight ? 'right' : 'wrong']?.push(performance.now() - started);
			const what = `${answer.status} ${answer.text}`;
			seen.set(what, (seen.get(what) ?? 0) + 1);
		}
	};
	await Promise.all(Array.from({ length: AT_A_TIME }, guessOn));

	const statuses = [...seen].map(([what, count]) => [what.slice(0, 3), count]);
	expect(statuses).toHaveLength(2);
	expect(Object.fromEntries(statuses)).toEqual({ 404: 20, 429: GUESSES - 20 });

	const [right, wrong] = [median(times.right ?? []), median(times.wrong ?? [])];
	console.log(
		`median answer: right code ${right.toFixed(2)} ms, wrong code ${wrong.toFixed(2)} ms`
	);
	expect(right / wrong).toBeGreaterThan(0.5);
	expect(right / wrong).toBeLessThan(2);
});

it('the form on the start page counts with it', async () => {
	const server = await runServer();
	const headers = {
		origin: server.address,
		accept: 'text/html',
		'content-type': 'application/x-www-form-urlencoded'
	};
	const guess = (n: number) =>
		new Client(server).send('/?/join', {
			method: 'POST',
			headers: { ...headers, ...forged(n) },
			body: `code=${randomCode()}&name=Eve`
		});
	for (let n = 0; n < 20; n++) expect((await guess(n)).status).toBe(404);
	expect((await guess(21)).status).toBe(429);
	const program = await new Client(server).post('/api/join', { code: randomCode(), name: 'Eve' });
	expect(program.status).toBe(429);
});
