import { afterAll, beforeAll, expect, it } from 'vitest';
import { fuzzFrames } from './fuzz-frames.ts';
import { Fuzzer } from './fuzz-room.ts';

/**
 * 124: a viewer's own edits are not kept. 396, 558: a joiner sent back what had a gap (S4). 186,
 * 246, 356, 462: somebody came back and wrote about what was done offline before it was there (V8).
 */
const FOUND = [124, 186, 246, 356, 396, 462, 558];
const SEEDS = [...Array.from({ length: 40 }, (_, index) => index + 1), ...FOUND];

let fuzzer: Fuzzer;
beforeAll(async () => {
	fuzzer = await Fuzzer.open();
});
afterAll(() => fuzzer.close());

it.each(SEEDS)('[S1] [S4] [S5] [S9] [L2] [R2] [V3] seed %i converges', async (seed) => {
	await expect(fuzzer.run(seed, 200)).resolves.toBeUndefined();
});

it('[V1] [V2] [V9] [R4] some thousand broken frames disturb nobody', async () => {
	const { frames, failures } = await fuzzFrames({ seed: 1, frames: 4_000 });
	expect(failures).toEqual([]);
	expect(frames).toBe(4_000);
}, 60_000);
