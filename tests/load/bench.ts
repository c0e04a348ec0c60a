/**
 * `npm run bench`: our sync server beside `@y/websocket-server`, Hocuspocus and a bare relay, each
 * in a process of its own, under the same load from another. Prints ratios and writes JSON.
 *
 *   npm run bench                         everything, medians of three
 *   npm run bench -- fan-out idle         these scenarios
 *   npm run bench -- --quick              a short run of everything, to see that it works
 *   npm run bench -- --repeat 5 --server ours --server relay
 *   npm run bench -- joining --profile    where the time of ours goes, for Chrome's DevTools too
 *
 * Only ratios within one run mean something, and only while the machine does little else.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { SERVERS, type ServerName } from './client/wire.ts';
import { compare, type Comparison } from './run/compare.ts';
import { installPeers } from './run/install.ts';
import { hottest } from './run/profile.ts';
import { report } from './run/report.ts';
import { SCENARIOS } from './scenarios/all.ts';

const RESULTS = fileURLToPath(new URL('results/', import.meta.url));

const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: {
		quick: { type: 'boolean', default: false },
		profile: { type: 'boolean', default: false },
		repeat: { type: 'string' },
		server: { type: 'string', multiple: true }
	}
});
const { quick, profile } = values;
const repetitions = Number(values.repeat ?? (quick ? 1 : 3));
const servers = SERVERS.filter((server) => values.server?.includes(server) ?? true);
const scenarios = SCENARIOS.filter(
	({ name }) => positionals.length === 0 || positionals.includes(name)
);
const unknown = positionals.filter((name) => !SCENARIOS.some((scenario) => scenario.name === name));
if (unknown.length > 0 || !(repetitions >= 1) || servers.length === 0) {
	console.error(`Scenarios: ${SCENARIOS.map(({ name }) => name).join(', ')}`);
	console.error(`Servers: ${SERVERS.join(', ')}`);
	process.exit(1);
}

installPeers();
mkdirSync(RESULTS, { recursive: true });
const comparisons: Comparison[] = [];
for (const scenario of scenarios) {
	for (const variant of scenario.variants(quick)) {
		const comparison = await compare(scenario, variant, { repetitions, servers, profileOf });
		comparisons.push(comparison);
		console.log(report(scenario, variant, comparison));
		const file = profileOf(scenario.name, variant.name, 'ours');
		if (file !== undefined && servers.includes('ours')) console.log(hottest(file).join('\n'));
		await writeResults();
	}
}

/** Only ours, and only when asked: a profile takes time itself. */
function profileOf(scenario: string, variant: string, server: ServerName): string | undefined {
	if (!profile || server !== 'ours') return undefined;
	return join(RESULTS, `${scenario}-${variant.replaceAll(/\W+/g, '-')}.cpuprofile`);
}

async function writeResults(): Promise<void> {
	const machine = `${cpus().length} x ${cpus()[0]?.model}, Node ${process.version}`;
	const json = JSON.stringify({ at: new Date().toISOString(), machine, quick, comparisons });
	const file = join(RESULTS, `${positionals.join('+') || 'all'}${quick ? '-quick' : ''}.json`);
	// Formatted as everything else here is, since whoever checks that does not know of .gitignore.
	writeFileSync(file, await format(json, { ...(await resolveConfig(file)), filepath: file }));
}
