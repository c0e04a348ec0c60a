/**
 * `npm run test:fuzz`: seeded runs of one room (see `fuzz-room.ts`), then frames broken in every
 * way. Ends with one line of totals, and with 1 when anything failed.
 *
 *   npm run test:fuzz -- --seeds 1000 --from 1 --steps 200 --frames 100000
 *   npm run test:fuzz -- --seeds 1 --from 396 --frames 0     one seed again
 *   npm run test:fuzz -- --seeds 0 --from 7 --frames 2000    the frames of one room again
 */
import { parseArgs } from 'node:util';
import { Fuzzer } from './fuzz-room.ts';
import { fuzzFrames } from './fuzz-frames.ts';

/** Longer than this the loop must not stand still by own work, in milliseconds. */
const MAX_STALL_MS = 250;

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
	const report = await fuzzFrames({ seed: from, frames }, ({ frames: done, failures }) => {
		if (done % 10_000 === 0)
			console.log(`${done} of ${frames} frames, ${failures.length} rooms failed`);
	});
	for (const failure of report.failures) console.error(failure);
	const [stall, own] = [report.maxStallMs, report.maxOwnStallMs].map((ms) => ms.toFixed(0));
	console.log(
		`${frames} broken frames, read one by one, in ${report.rooms} rooms: ${report.refused} connections ` +
			`refused, ${report.failures.length} rooms failed; the loop stood still ${stall} ms at most, ` +
			`${own} ms of it by own work`
	);
	if (report.failures.length > 0 || report.maxOwnStallMs > MAX_STALL_MS) failed += 1;
}
process.exit(failed === 0 ? 0 : 1);
