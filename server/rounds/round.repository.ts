/** Rounds and the answers in them as they are stored. */
import type { Column } from '#board/board.ts';
import { outcomeOf } from '#rounds/outcome.ts';
import type { PlacementView, RoundCardState, RoundState } from '#rounds/round-state.ts';
import type { Database } from '../database/database.ts';
import { randomId } from '../random-id.ts';
import type { NewRound, Placement, Round, RoundCard } from './round.table.ts';

/** SQLite takes 32,766 parameters a statement; a row has three. */
export async function insertRound(
	trx: Database,
	round: NewRound,
	cards: readonly string[]
): Promise<void> {
	await trx.insertInto('rounds').values(round).execute();
	await trx
		.insertInto('round_cards')
		.values(cards.map((card_id, place) => ({ round_id: round.id, card_id, place })))
		.execute();
}

export async function findRound(
	db: Database,
	roomId: string,
	id: string
): Promise<Round | undefined> {
	return db
		.selectFrom('rounds')
		.selectAll()
		.where('room_id', '=', roomId)
		.where('id', '=', id)
		.executeTakeFirst();
}

/** The first one first. */
export async function findRounds(db: Database, roomId: string): Promise<Round[]> {
	return db
		.selectFrom('rounds')
		.selectAll()
		.where('room_id', '=', roomId)
		.orderBy('number')
		.execute();
}

/** The one that is open or shown, if any. */
export async function findCurrent(db: Database, roomId: string): Promise<Round | undefined> {
	return db
		.selectFrom('rounds')
		.selectAll()
		.where('room_id', '=', roomId)
		.where('state', 'in', ['open', 'revealed'])
		.orderBy('number', 'desc')
		.limit(1)
		.executeTakeFirst();
}

export async function findOpen(db: Database): Promise<Round[]> {
	return db.selectFrom('rounds').selectAll().where('state', '=', 'open').execute();
}

export async function findRoundCards(db: Database, roundId: string): Promise<RoundCard[]> {
	return db
		.selectFrom('round_cards')
		.selectAll()
		.where('round_id', '=', roundId)
		.orderBy('place')
		.execute();
}

export async function isAsked(db: Database, roundId: string, cardId: string): Promise<boolean> {
	const row = await db
		.selectFrom('round_cards')
		.select('card_id')
		.where('round_id', '=', roundId)
		.where('card_id', '=', cardId)
		.executeTakeFirst();
	return row !== undefined;
}

/** What everybody in the room may know of a round. */
export async function stateOf(db: Database, round: Round): Promise<RoundState> {
	const { id, number, state, ends, least, consensus } = round;
	const columns = columnsOf(round);
	const scores = columns?.map(({ score }) => score) ?? [];
	const placed = new Map(
		(
			await db
				.selectFrom('placements')
				.select((eb) => ['card_id', eb.fn.countAll().as('count')])
				.where('round_id', '=', id)
				.groupBy('card_id')
				.execute()
		).map(({ card_id, count }) => [card_id, Number(count)])
	);
	const cards = await findRoundCards(db, id);
	return {
		id,
		number,
		state,
		isNamed: round.named === 1,
		ends,
		endsAt: round.ends_at,
		least,
		consensus,
		isRepeat: round.repeats !== null,
		openedAt: round.opened_at,
		closedAt: round.closed_at,
		columns,
		cards: cards.map(({ card_id, counts, decision, decided_column }): RoundCardState => ({
			id: card_id,
			placed: placed.get(card_id) ?? 0,
			outcome:
				counts === null ? null : outcomeOf(JSON.parse(counts) as number[], scores, consensus),
			decision,
			column: decided_column
		}))
	};
}

export function columnsOf({ columns }: Pick<Round, 'columns'>): Column[] | null {
	return columns === null ? null : (JSON.parse(columns) as Column[]);
}

/** An answer on its way in. */
export interface Ballot {
	roundId: string;
	answer: Pick<Placement, 'card_id' | 'column_id' | 'confidence' | 'reason'> & {
		person_id: string;
	};
	at: Date;
}

/**
 * Takes an answer in the place of an earlier one, within a transaction. Answers whether it was taken:
 * not after the round, which is closed to it by its row, also while somebody else is closing it.
 */
export async function storePlacement(
	trx: Database,
	{ roundId, answer, at }: Ballot
): Promise<boolean> {
	const { column_id, confidence, reason } = answer;
	const { numUpdatedRows } = await trx
		.updateTable('rounds')
		.set((eb) => ({ placements: eb('placements', '+', 1) }))
		.where('id', '=', roundId)
		.where('state', '=', 'open')
		.where(({ or, eb }) => or([eb('ends_at', 'is', null), eb('ends_at', '>', at.toISOString())]))
		.executeTakeFirst();
	if (numUpdatedRows === 0n) return false;
	await trx
		.insertInto('placements')
		.values({ id: randomId(), round_id: roundId, ...answer })
		.onConflict((conflict) =>
			conflict
				.columns(['round_id', 'person_id', 'card_id'])
				.doUpdateSet({ column_id, confidence, reason })
		)
		.execute();
	return true;
}

/** Closes an open round. Answers whether it was this call that did. */
export async function closeRound(
	trx: Database,
	id: string,
	set: { state: 'revealed'; columns: string } | { state: 'dropped' },
	at: Date
): Promise<boolean> {
	const { numUpdatedRows } = await trx
		.updateTable('rounds')
		.set({ ...set, closed_at: at.toISOString() })
		.where('id', '=', id)
		.where('state', '=', 'open')
		.executeTakeFirst();
	return numUpdatedRows !== 0n;
}

/** A revealed round is shown no longer. */
export async function putAway(trx: Database, roomId: string): Promise<void> {
	await trx
		.updateTable('rounds')
		.set({ state: 'over' })
		.where('room_id', '=', roomId)
		.where('state', '=', 'revealed')
		.execute();
}

export async function findPlacements(db: Database, roundId: string): Promise<Placement[]> {
	return db
		.selectFrom('placements')
		.selectAll()
		.where('round_id', '=', roundId)
		.orderBy('id')
		.execute();
}

/** Of what was answered that which is told at the reveal: in a round without names only reasons. */
export async function findTold(
	db: Database,
	{ id, named }: Pick<Round, 'id' | 'named'>
): Promise<Placement[]> {
	return db
		.selectFrom('placements')
		.selectAll()
		.where('round_id', '=', id)
		.$if(named === 0, (query) => query.where('reason', 'is not', null))
		.orderBy('id')
		.execute();
}

/** What one person answered, by card. */
export async function findOwn(
	db: Database,
	roundId: string,
	personId: string
): Promise<Record<string, PlacementView>> {
	const rows = await db
		.selectFrom('placements')
		.select(['card_id', 'column_id', 'confidence', 'reason'])
		.where('round_id', '=', roundId)
		.where('person_id', '=', personId)
		.execute();
	return Object.fromEntries(
		rows.map(({ card_id, column_id: column, ...rest }) => [card_id, { column, ...rest }])
	);
}

/** How many cards each person has placed. */
export async function countByPerson(db: Database, roundId: string): Promise<Map<string, number>> {
	const rows = await db
		.selectFrom('placements')
		.select((eb) => ['person_id', eb.fn.countAll().as('count')])
		.where('round_id', '=', roundId)
		.where('person_id', 'is not', null)
		.groupBy('person_id')
		.execute();
	return new Map(rows.map(({ person_id, count }) => [person_id ?? '', Number(count)]));
}

/** A guest becomes a user: answers are the user's, but for a round that the user answered as well. */
export async function reassignPlacements(
	trx: Database,
	fromId: string,
	toId: string
): Promise<void> {
	await trx
		.updateTable('placements')
		.set({ person_id: toId })
		.where('person_id', '=', fromId)
		.where('round_id', 'not in', (eb) =>
			eb.selectFrom('placements').select('round_id').where('person_id', '=', toId)
		)
		.execute();
	await trx
		.updateTable('placements')
		.set({ person_id: null })
		.where('person_id', '=', fromId)
		.execute();
}

/** Unties answers, and what they said for them, from people who are no more. */
export async function forgetGonePlacements(db: Database): Promise<void> {
	await db
		.updateTable('placements')
		.set({ person_id: null })
		.where('person_id', 'is not', null)
		.where('person_id', 'not in', (eb) => eb.selectFrom('users').select('id'))
		.where('person_id', 'not in', (eb) => eb.selectFrom('guests').select('id'))
		.execute();
}
