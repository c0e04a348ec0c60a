/** Reports as they are stored with their workshops. */
import type { Report } from '#report/report.ts';
import type { Database } from '../database/database.ts';
import type { Workshop } from '../workshop/workshop.table.ts';

export function readReport({ report }: Pick<Workshop, 'report'>): Report | null {
	return report === null ? null : (JSON.parse(report) as Report);
}

export async function findWorkshop(
	db: Database,
	roomId: string,
	id: string
): Promise<Workshop | undefined> {
	return db
		.selectFrom('workshops')
		.selectAll()
		.where('room_id', '=', roomId)
		.where('id', '=', id)
		.executeTakeFirst();
}

/** The one whose report a link opens, in whatever room. */
export async function findByLink(db: Database, link: string): Promise<Workshop | undefined> {
	return db.selectFrom('workshops').selectAll().where('link', '=', link).executeTakeFirst();
}

export async function storeReport(
	trx: Database,
	id: string,
	report: Report,
	link: string | null
): Promise<void> {
	await trx
		.updateTable('workshops')
		.set({ report: JSON.stringify(report), link })
		.where('id', '=', id)
		.execute();
}

/** Stores one where there is none. */
export async function storeFirstReport(db: Database, id: string, report: Report): Promise<void> {
	await db
		.updateTable('workshops')
		.set({ report: JSON.stringify(report) })
		.where('id', '=', id)
		.where('report', 'is', null)
		.execute();
}

/** Reasons that were given for moves since, by the number of their row. */
export async function findReasons(
	db: Database,
	roomId: string,
	{ cards }: Pick<Report, 'cards'>
): Promise<Map<number, { reason: string; source: string | null }>> {
	const [first, last] = spanOf(cards.flatMap(({ moves }) => moves.map(({ seq }) => seq)));
	if (first === undefined || last === undefined) return new Map();
	const rows = await db
		.selectFrom('history')
		.select(['seq', 'reason', 'source'])
		.where('room_id', '=', roomId)
		.where('kind', '=', 'card.moved')
		.where('reason', 'is not', null)
		.where('seq', '>=', first)
		.where('seq', '<=', last)
		.execute();
	return new Map(rows.map(({ seq, reason, source }) => [Number(seq), { reason: reason!, source }]));
}

function spanOf(numbers: readonly number[]): [first?: number, last?: number] {
	if (numbers.length === 0) return [];
	return [Math.min(...numbers), Math.max(...numbers)];
}
