/**
 * The process that drives the load: one run of one scenario against one server. The runner asks it
 * to; of the server it sees the port, the process id and what the runner passes on.
 */
import type { ServerName } from './client/wire.ts';
import { processorTime } from './run/processor-time.ts';
import { connectRpc } from './run/rpc.ts';
import { SCENARIOS } from './scenarios/all.ts';
import type { Figures, Load, Variant } from './scenarios/scenario.ts';

export interface Job {
	scenario: string;
	variant: Variant;
	server: ServerName;
	port: number;
	pid: number;
}

const askRunner = connectRpc(process, { run });
process.on('disconnect', () => process.exit());

async function run({ scenario: name, variant, server, port, pid }: Job): Promise<Figures> {
	const scenario = SCENARIOS.find((each) => each.name === name)!;
	let driver = Number.NaN;
	const load: Load = {
		server,
		port,
		memory: () => askRunner('memory'),
		async startClock() {
			await askRunner('startProfile');
			const [before, own, start] = [
				processorTime(pid),
				processorTime(process.pid),
				performance.now()
			];
			return async () => {
				const used = processorTime(pid) - before;
				const seconds = (performance.now() - start) / 1_000;
				driver = (100 * (processorTime(process.pid) - own)) / seconds;
				await askRunner('writeProfile');
				return used;
			};
		}
	};
	const figures = await scenario.drive(load, variant);
	return { ...figures, driver };
}
