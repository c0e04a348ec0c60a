/**
 * One variant of a scenario over all servers, in turns, so that whatever else the machine does
 * falls on all of them; then the median of each figure. A run that fails is told and left out.
 */
import { SERVERS, type ServerName } from '../client/wire.ts';
import type { Figures, Scenario, Variant } from '../scenarios/scenario.ts';
import { runOnce } from './run-once.ts';
import { median } from './statistics.ts';

export interface Comparison {
	scenario: string;
	variant: string;
	/** Every run, and the medians of them. */
	runs: { server: ServerName; figures: Figures }[];
	medians: Partial<Record<ServerName, Figures>>;
	failures: string[];
}

export interface HowToCompare {
	repetitions: number;
	servers: readonly ServerName[];
	/** Where the profile of a run goes. */
	profileOf(scenario: string, variant: string, server: ServerName): string | undefined;
}

export async function compare(
	scenario: Scenario,
	variant: Variant,
	{ repetitions, servers, profileOf }: HowToCompare
): Promise<Comparison> {
	const { name } = scenario;
	const comparison: Comparison = {
		scenario: name,
		variant: variant.name,
		runs: [],
		medians: {},
		failures: []
	};
	const taking = SERVERS.filter(
		(server) => servers.includes(server) && (variant.servers ?? SERVERS).includes(server)
	);
	for (let repetition = 0; repetition < repetitions; repetition++) {
		for (const [index] of taking.entries()) {
			const server = taking[(index + repetition) % taking.length]!;
			showProgress(`${name}, ${variant.name}: ${server}, run ${repetition + 1}`);
			try {
				const profile = repetition === 0 ? profileOf(name, variant.name, server) : undefined;
				const figures = await runOnce(scenario, variant, server, profile);
				comparison.runs.push({ server, figures });
			} catch (error) {
				comparison.failures.push(`${server}: ${String(error).split('\n', 1)[0]}`);
			}
		}
	}
	showProgress('');
	for (const server of taking) comparison.medians[server] = mediansOf(comparison, server);
	return comparison;
}

/** One line, written over; nothing where it could not be. */
function showProgress(line: string): void {
	if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${line}`);
}

function mediansOf({ runs }: Comparison, server: ServerName): Figures {
	const own = runs.filter((run) => run.server === server).map(({ figures }) => figures);
	const names = Object.keys(own[0] ?? {});
	const finite = (name: string) => own.map((each) => each[name]!).filter(Number.isFinite);
	return Object.fromEntries(names.map((name) => [name, median(finite(name))]));
}
