/** The table that people read: what each server took, ours as ratios, and what was hoped. */
import { SERVERS, type ServerName } from '../client/wire.ts';
import type { Figures, Scenario, Target, Variant } from '../scenarios/scenario.ts';
import type { Comparison } from './compare.ts';

/** Figures of every scenario beside its own. */
const COMMON: Record<string, string> = {
	missing: 'that never arrived',
	closed: 'connections closed by the server',
	driver: '% of a core, of who drives the load'
};
/** Above this the driver's own work is in the latencies. */
const BUSY_DRIVER = 85;

export function report(scenario: Scenario, variant: Variant, comparison: Comparison): string {
	const { medians, failures } = comparison;
	const servers = SERVERS.filter((server) => medians[server] !== undefined);
	const header = [
		'',
		...servers,
		...servers.filter((each) => each !== 'ours').map((each) => `/ ${each}`)
	];
	const rows = [header];
	for (const [figure, unit] of Object.entries({ ...scenario.units, ...COMMON })) {
		const cells = servers.map((server) => format(medians[server]?.[figure]));
		const ratios = servers
			.filter((server) => server !== 'ours')
			.map((server) => (figure in COMMON ? '' : format(ratioTo(medians, server, figure))));
		rows.push([`${figure}, ${unit}`, ...cells, ...ratios]);
	}
	const verdicts = scenario.targets(variant).flatMap((target) => verdictsOn(target, medians));
	const busy = servers.filter((server) => (medians[server]?.driver ?? 0) > BUSY_DRIVER);
	return [
		`\n${scenario.name}: ${variant.name} (${scenario.about})`,
		...align(rows),
		...verdicts,
		...(busy.length > 0
			? [`  the driver was busy itself with ${busy.join(', ')}: latencies are its own too`]
			: []),
		...failures.map((failure) => `  a run failed: ${failure}`)
	].join('\n');
}

function verdictsOn({ figure, atMost, of }: Target, medians: Comparison['medians']): string[] {
	const say = (value: number | undefined, limit: string) => {
		if (value === undefined || !Number.isFinite(value)) return `  ?  ${figure} cannot be compared`;
		return `  ${value <= atMost ? 'ok' : 'NO'} ${figure} ${format(value)}, at most ${limit}`;
	};
	if (of === undefined) return [say(medians.ours?.[figure], `${atMost}`)];
	return of.map((peer) => say(ratioTo(medians, peer, figure), `${atMost} of ${peer}`));
}

function ratioTo(
	medians: Partial<Record<ServerName, Figures>>,
	peer: ServerName,
	figure: string
): number | undefined {
	const [own, other] = [medians.ours?.[figure], medians[peer]?.[figure]];
	return own === undefined || other === undefined ? undefined : own / other;
}

function format(value: number | undefined): string {
	if (value === undefined || !Number.isFinite(value)) return '-';
	if (Number.isInteger(value) || Math.abs(value) >= 100) return value.toFixed(0);
	return value.toFixed(Math.abs(value) >= 10 ? 1 : 2);
}

function align(rows: string[][]): string[] {
	const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
	return rows.map((row) => {
		const cells = row.map((cell, column) =>
			column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)
		);
		return `  ${cells.join('  ')}`;
	});
}
