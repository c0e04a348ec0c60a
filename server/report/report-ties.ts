/** Whose a stored report is, as people become users or are erased. */
import { sql, type ExpressionBuilder } from 'kysely';
import type { Report } from '#report/report.ts';
import type { Database, Tables } from '../database/database.ts';

const BATCH = 50;

/** A guest becomes a user: comes before the guest is taken out of rooms and record. */
export async function reassignReports(trx: Database, fromId: string, toId: string): Promise<void> {
	const [from, to] = [inReport(fromId), inReport(toId)];
	await trx
		.updateTable('workshops')
		.set({ report: sql<string>`replace(report, ${from}, ${to})` })
		.where('report', 'is not', null)
		.where('room_id', 'in', (eb) => roomsOf(eb, fromId))
		.execute();
}

/** The workshops whose stored report knows of somebody, the first one first. */
export async function findWorkshopsOf(
	db: Database,
	personId: string
): Promise<{ room: string; number: number; openedAt: string; closedAt: string | null }[]> {
	return db
		.selectFrom('workshops')
		.select(['room_id as room', 'number', 'opened_at as openedAt', 'closed_at as closedAt'])
		.where('room_id', 'in', (eb) => roomsOf(eb, personId))
		.where(sql<boolean>`replace(report, ${inReport(personId)}, '') <> report`)
		.orderBy('opened_at')
		.execute();
}

/** An id is 22 letters that need no escaping, and as a whole text it stands for its person alone. */
const inReport = (id: string): string => JSON.stringify(id);

/** Rooms that somebody is or was in, as far as that is known. */
function roomsOf(eb: ExpressionBuilder<Tables, 'workshops'>, personId: string) {
	return eb
		.selectFrom('members')
		.select('room_id')
		.where('person_id', '=', personId)
		.union(eb.selectFrom('history').select('room_id').where('person_id', '=', personId));
}

/**
 * Unties reports from people who are no more, whoever erased them and how; from one of them where
 * that is known, since reports may be many and large.
 */
export async function forgetGoneReports(db: Database, personId?: string): Promise<void> {
	for (let after = ''; ;) {
		const rows = await db
			.selectFrom('workshops')
			.select(['id', 'report'])
			.where('report', 'is not', null)
			.$if(personId !== undefined, (query) =>
				query.where(sql<boolean>`replace(report, ${inReport(personId!)}, '') <> report`)
			)
			.where('id', '>', after)
			.orderBy('id')
			.limit(BATCH)
			.execute();
		const last = rows.at(-1);
		if (last === undefined) return;
		after = last.id;
		const reports = rows.map((row) => ({ ...row, parsed: JSON.parse(row.report!) as Report }));
		const there = await findThere(db, [...new Set(reports.flatMap(({ parsed }) => parsed.people))]);
		for (const { id, report, parsed } of reports) {
			const people = parsed.people.map((each) => (there.has(each) ? each : null));
			if (people.every((each, place) => each === parsed.people[place])) continue;
			await db
				.updateTable('workshops')
				.set({ report: JSON.stringify({ ...parsed, people }) })
				.where('id', '=', id)
				// Whoever changes it meanwhile is not written over; the next sweep makes it good.
				.where('report', '=', report)
				.execute();
		}
	}
}

/** SQLite takes 32,766 parameters a statement. */
const IDS_A_STATEMENT = 10_000;

async function findThere(
	db: Database,
	people: readonly (string | null)[]
): Promise<Set<string | null>> {
	const ids = people.filter((id) => id !== null);
	const there = new Set<string | null>();
	for (let start = 0; start < ids.length; start += IDS_A_STATEMENT) {
		const some = ids.slice(start, start + IDS_A_STATEMENT);
		for (const table of ['guests', 'users'] as const) {
			const rows = await db.selectFrom(table).select('id').where('id', 'in', some).execute();
			for (const { id } of rows) there.add(id);
		}
	}
	return there;
}
