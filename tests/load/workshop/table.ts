/** What people read: a line for each figure, what was hoped beside it. */
import { quantile } from '../run/statistics.ts';
import type { Round, RoundFigures } from './blind-round.ts';
import type { Usage } from './product.ts';
import type { Audience, AudienceFigures } from './viewers.ts';

type Line = [what: string, figure: string, hoped?: string];

export function roundTable({ name }: Round, people: number, figures: RoundFigures): string {
	const { answers, took, stored, progress, opened, revealed, own, received, usage } = figures;
	return table(`${name}: ${people} people, ${answers} answers within ${took.toFixed(1)} s`, [
		['an answer stored, ms', spreadOf(stored), 'p99 200'],
		['counted at every page, ms after', spreadOf(progress), 'at most 1,000'],
		['the round at every page, ms', opened.toFixed(0), 'at most 1,000'],
		['outcomes at every page, ms', revealed.toFixed(0), 'at most 1,000'],
		["a page's own view, ms", spreadOf(own)],
		['received by a page, kB', (received / 1_000).toFixed(0)],
		['processor, ms an answer', ((1_000 * usage.cpu) / answers).toFixed(2)],
		...machineOf(usage)
	]);
}

export function audienceTable({ viewers, cards }: Audience, figures: AudienceFigures): string {
	const { moved, opened, received, usage, residentBefore, resident } = figures;
	return table(`${viewers} look on while 4 move ${cards} cards`, [
		['a move at a viewer, ms', spreadOf(moved)],
		['a round at a viewer, ms', spreadOf(opened), 'at most 1,000'],
		['received by a page, kB a second', (received / 1_000).toFixed(2)],
		['processor, % of a core', percent(usage.server)],
		['resident, MB', `${resident.toFixed(0)} (${residentBefore.toFixed(0)} before)`],
		...machineOf(usage)
	]);
}

function machineOf({ driver, kept }: Usage): Line[] {
	return [
		['who drives, % of a core', percent(driver)],
		['had to wait for a core, % of the time', percent(kept), 'next to nothing']
	];
}

function spreadOf(values: readonly number[]): string {
	const at = (share: number) => quantile(values, share).toFixed(0);
	return `${at(0.5)}, p99 ${at(0.99)}, most ${at(1)}`;
}

function percent(share: number): string {
	return (100 * share).toFixed(0);
}

function table(title: string, lines: Line[]): string {
	const widths = [0, 1].map((column) => Math.max(...lines.map((line) => line[column]!.length)));
	const rows = lines.map(([what, figure, hoped]) => {
		const cells = `  ${what.padEnd(widths[0]!)}  ${figure.padEnd(widths[1]!)}`;
		return hoped === undefined ? cells.trimEnd() : `${cells}  hoped: ${hoped}`;
	});
	return [`\n${title}`, ...rows].join('\n');
}
