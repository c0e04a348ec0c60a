/**
 * `npm run test:fuzz`: seeded runs of one room (see `fuzz-room.ts`), then frames broken in every
 * way. Ends with one line of totals, and with 1 when anything failed.
 *
 *   npm run test:fuzz -- --seeds 1000 --from 1 --steps 200 --frames 100000
 *   npm run test:fuzz -- --seeds 1 --from 396 --frames 0     one seed again
 */
import { parseArgs } from 'node:util';
import { Fuzzer } from './fuzz-room.ts';
import { sendBrokenFrames } from './broken-frames.ts';

const { values } = parseArgs({
	options: {
		seeds: { type: 'string', default: '1000' },
		from: { type: 'string', default: '1' },
		steps: { type: 'string', default: '200' },
		frames: { type: 'string', default: '100000' }
	}
});
const [seeds, from, steps, frames] = [values.seeds, values.from, values.steps, values.frames].map(
	Number
) as [number, number, number, number];

let failed = 0;
const start = performance.now();
const fuzzer = await Fuzzer.open();
for (let seed = from; seed < from + seeds; seed++) {
	try {
		await fuzzer.run(seed, steps);
	} catch (error) {
		failed += 1;
		console.error(seeds === 1 ? error : String(error));
	}
	const done = seed - from + 1;
	if (done % 100 === 0) console.log(`${done} of ${seeds} seeds`);
}
await fuzzer.close();
const seconds = ((performance.now() - start) / 1_000).toFixed(0);
console.log(`${seeds - failed} of ${seeds} seeds converged, ${steps} steps each, in ${seconds} s`);

if (frames > 0) {
	const { sent, longestStallMs } = await sendBrokenFrames(frames, from);
	console.log(
		`${sent} broken frames: everybody went on; the loop stood still ${longestStallMs.toFixed(0)} ms at most`
	);
	if (longestStallMs > 250) failed += 1;
}
process.exit(failed === 0 ? 0 : 1);
