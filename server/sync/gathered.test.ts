import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { Gathered } from './gathered.ts';

const APART_MS = 30;

function gather(fails: (told: number) => boolean = () => false) {
	const told: { room: string; at: number }[] = [];
	const failures: unknown[] = [];
	const gathered = new Gathered({
		apartMs: APART_MS,
		tell(room) {
			told.push({ room, at: performance.now() });
			return fails(told.length) ? Promise.reject(new Error('locked')) : Promise.resolve();
		},
		onFailure: (room, error) => failures.push([room, String(error)])
	});
	onTestFinished(() => gathered.close());
	return { gathered, told, failures };
}

describe('gathered changes', () => {
	it('[K1] are told at once, and what comes soon after once more, together', async () => {
		const { gathered, told } = gather();
		for (let change = 0; change < 100; change++) gathered.note('r1');
		expect(told).toHaveLength(1);
		await vi.waitFor(() => expect(told).toHaveLength(2));
		// A clock in whole milliseconds may begin to count a little early.
		expect(told[1]!.at - told[0]!.at).toBeGreaterThan(APART_MS - 2);
		gathered.note('r1');
		await vi.waitFor(() => expect(told).toHaveLength(3));
		expect(told[2]!.at - told[1]!.at).toBeGreaterThan(APART_MS - 2);
	});

	it('[K1] of one room do not wait for those of another', () => {
		const { gathered, told } = gather();
		for (const room of ['r1', 'r2', 'r1', 'r2', 'r3']) gathered.note(room);
		expect(told.map(({ room }) => room)).toEqual(['r1', 'r2', 'r3']);
	});

	it('go on after one that could not be told', async () => {
		const { gathered, told, failures } = gather((count) => count === 1);
		gathered.note('r1');
		gathered.note('r1');
		await vi.waitFor(() => expect(told).toHaveLength(2));
		expect(failures).toEqual([['r1', 'Error: locked']]);
	});

	it('end with their owner: nothing is told any more', async () => {
		const { gathered, told } = gather();
		gathered.note('r1');
		gathered.note('r1');
		await gathered.close();
		gathered.note('r1');
		gathered.note('r2');
		expect(told).toHaveLength(1);
	});
});
