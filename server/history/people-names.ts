/** What people are called in a room, looked up for the rows that they made. */
import type { Database } from '../database/database.ts';
import type { HistoryRow } from './history.table.ts';

export interface NamedPerson {
	id: string;
	name: string;
	/** Hue in degrees, 0 to 359. */
	colour: number;
}

/** By id. Who is erased is not among them. */
export async function findNames(
	db: Database,
	roomId: string,
	rows: readonly Pick<HistoryRow, 'person_id'>[]
): Promise<Map<string, NamedPerson>> {
	const ids = [...new Set(rows.flatMap(({ person_id }) => person_id ?? []))];
	if (ids.length === 0) return new Map();
	const called = await db
		.selectFrom('members')
		.select(['person_id', 'name'])
		.where('room_id', '=', roomId)
		.where('person_id', 'in', ids)
		.execute();
	const names = new Map(called.map(({ person_id, name }) => [person_id, name]));
	const found = new Map<string, NamedPerson>();
	for (const table of ['guests', 'users'] as const) {
		const people = await db
			.selectFrom(table)
			.select(['id', 'name', 'colour'])
			.where('id', 'in', ids)
			.execute();
		for (const person of people) {
			found.set(person.id, { ...person, name: names.get(person.id) ?? person.name });
		}
	}
	return found;
}
