import { describe, expect, it, vi } from 'vitest';
import { Turns } from './turns.ts';

const LIMITS = { turnDelayMs: 22, minTurnMs: 20, maxTurnMs: 40 };

describe('turns', () => {
	it('[S10] are the farther apart, the less there is to do in one', () => {
		const turns = new Turns(LIMITS);
		expect(turns.apartMs).toBe(40);
	});

	it('[S10] come sooner when storing and sending takes long, and never too often', async () => {
		const now = vi.spyOn(performance, 'now');
		let time = 1_000;
		now.mockImplementation(() => time);
		const turns = new Turns(LIMITS);
		const run = async (workMs: number) => {
			for (let turn = 0; turn < 40; turn++) {
				time += 100;
				await turns.next();
				time += workMs;
				turns.finished();
			}
			return turns.apartMs;
		};
		expect(await run(2)).toBeCloseTo(40, 0);
		expect(await run(6)).toBeCloseTo(32, 0);
		expect(await run(500)).toBe(20);
		expect(await run(2)).toBeCloseTo(40, 0);
		now.mockRestore();
	});

	it('[S10] are one for all who wait for it', async () => {
		const turns = new Turns(LIMITS);
		const [one, other] = [turns.next(), turns.next()];
		expect(one).toBe(other);
		await one;
		expect(turns.next()).not.toBe(one);
	});
});
