/**
 * Blind rounds: the board as a Delphi instrument. Answers go to the server alone and lie in its
 * database; before the reveal nobody gets any but their own, and the document knows of none.
 */
import type * as Y from 'yjs';
import { moveCard, setSpread } from '#board/cards.ts';
import { entry } from '#board/document.ts';
import { cardEntries } from '#board/read-board.ts';
import { readColumns } from '#board/read-columns.ts';
import { medianColumns } from '#rounds/outcome.ts';
import { DECISIONS, type OwnRound, type RoundState } from '#rounds/round-state.ts';
import type { Database } from '../database/database.ts';
import { inTime } from '../in-time.ts';
import { createLimiter, take } from '../limits.ts';
import { randomId } from '../random-id.ts';
import { Refusal } from '../refusal.ts';
import { enter, enterTo } from '../rooms/access.ts';
import { lockRoom } from '../rooms/lock-room.ts';
import type { Person } from '../services.ts';
import { SharedLook } from '../shared-look.ts';
import { refusingStorageFailures } from '../storage-failure.ts';
import type { LiveRooms } from '../sync/live-rooms.ts';
import { BallotBox } from './ballot-box.ts';
import { findShown, ownRound } from './own-round.ts';
import { drop, noteRound, reveal } from './reveal.ts';
import { readAnswer, readRound, type Answer, type RoundInput } from './round-input.ts';
import {
	findRound,
	findRounds,
	insertRound,
	isAsked,
	putAway,
	stateOf
} from './round.repository.ts';
import type { Round } from './round.table.ts';

/** Of one person in one room: many cards at once, and changes of mind. */
const ANSWERS = { points: 600, seconds: 60 };

/** Everything here throws `Refusal`. */
export interface Rounds {
	/** Asks a question of everybody; answers the round's id. At most one round of a room is open. */
	open(person: Person | null, roomId: string, input: RoundInput): Promise<string>;
	/** Places a card, in the place of what the caller answered before. */
	place(person: Person | null, roomId: string, roundId: string, answer: Answer): Promise<void>;
	/** Shows the answers to everybody. Asked again, it changes nothing. */
	reveal(person: Person | null, roomId: string, roundId: string): Promise<void>;
	/** Puts a round away: one that is open with its answers unseen, one that is revealed as it is. */
	end(person: Person | null, roomId: string, roundId: string): Promise<void>;
	/** Adopts the median, places by hand, or leaves the card; once for each card of a round. */
	decide(person: Person | null, roomId: string, roundId: string, made: Verdict): Promise<void>;
	/** A round as the caller sees it. */
	read(person: Person | null, roomId: string, roundId: string): Promise<OwnRound>;
	/** All rounds of a room, the first one first. */
	list(person: Person | null, roomId: string): Promise<RoundState[]>;
}

export interface Verdict {
	card: string;
	/** One of `DECISIONS`. */
	how: string;
	/** Where it goes: one of the median's columns to adopt it, any to place it. */
	column?: string | undefined;
}

export interface RoundParts {
	db: Database;
	liveRooms: Pick<LiveRooms, 'read' | 'edit' | 'stageChanged' | 'roundProgressed'>;
	now(): Date;
}

export function createRounds({ db, liveRooms, now }: RoundParts): Rounds {
	const answers = createLimiter(ANSWERS);
	const ballots = new BallotBox(db);
	/** By the ids of room and round, which have no spaces. All pages ask at the reveal. */
	const shown = new SharedLook((key) => {
		const [roomId = '', roundId = ''] = key.split(' ');
		return findShown(db, roomId, roundId);
	});

	async function lead(person: Person | null, roomId: string, roundId: string) {
		const { person: by } = await enterTo('rounds.lead', db, person, roomId, now());
		return { by, round: await found(db, roomId, roundId) };
	}

	return {
		open: (person, roomId, input) =>
			refusingStorageFailures(async () => {
				const { person: by } = await enterTo('rounds.lead', db, person, roomId, now());
				const { cards, ...options } = readRound(input, now());
				const onBoard = await liveRooms.read(roomId, cardIds);
				if (!cards.every((id) => onBoard.has(id))) throw new Refusal('no-such-card');
				if (options.repeats !== null) await checkRepeated(db, roomId, options.repeats);
				const id = randomId();
				const round = await db.transaction().execute(async (trx) => {
					await lockRoom(trx, roomId);
					const earlier = await findRounds(trx, roomId);
					if (earlier.some(({ state }) => state === 'open')) throw new Refusal('round-open');
					await putAway(trx, roomId);
					const number = (earlier.at(-1)?.number ?? 0) + 1;
					const opened_at = now().toISOString();
					const made = { id, room_id: roomId, number, state: 'open', opened_at } as const;
					await insertRound(trx, { ...made, ...options }, cards);
					return made;
				});
				await liveRooms.stageChanged(roomId);
				await noteRound(liveRooms, round, 'opened', by.id);
				return id;
			}),

		place: (person, roomId, roundId, answer) =>
			refusingStorageFailures(async () => {
				const { person: by } = await enterTo('rounds.place', db, person, roomId, now());
				await take(answers, `${roomId} ${by.id}`);
				const round = await found(db, roomId, roundId);
				if (round.state !== 'open') throw new Refusal('round-over');
				const { card: card_id, column: column_id } = answer;
				if (!(await isAsked(db, round.id, card_id))) throw new Refusal('not-asked');
				await liveRooms.read(roomId, (doc) => {
					if (!isPlaced(doc, card_id)) throw new Refusal('no-such-card');
					if (!columnIds(doc).includes(column_id)) throw new Refusal('no-such-column');
				});
				const given = { card_id, column_id, ...readAnswer(answer), person_id: by.id };
				const ballot = { roundId: round.id, answer: given, at: now() };
				if (!(await ballots.put(ballot))) throw new Refusal('round-over');
				liveRooms.roundProgressed(roomId);
			}),

		reveal: (person, roomId, roundId) =>
			refusingStorageFailures(async () => {
				const { by, round } = await lead(person, roomId, roundId);
				if (round.state === 'dropped') throw new Refusal('round-over');
				await reveal({ db, liveRooms }, round, now(), by.id);
			}),

		end: (person, roomId, roundId) =>
			refusingStorageFailures(async () => {
				const { by, round } = await lead(person, roomId, roundId);
				const isDropped = await drop(db, round, now());
				if (!isDropped) await putAway(db, roomId);
				await liveRooms.stageChanged(roomId);
				if (isDropped) await noteRound(liveRooms, round, 'dropped', by.id);
			}),

		decide: (person, roomId, roundId, made) =>
			refusingStorageFailures(async () => {
				const { by, round } = await lead(person, roomId, roundId);
				const state = await stateOf(db, round);
				const card = state.cards.find(({ id }) => id === made.card);
				const how = DECISIONS.find((each) => each === made.how);
				if (card === undefined) throw new Refusal('not-asked');
				if (how === undefined) throw new Refusal('unknown-choice');
				if (card.outcome === null) throw new Refusal('nothing-to-decide');
				const { outcome } = card;
				const column = how === 'left' ? null : (made.column ?? '');
				if (column !== null) {
					const middle = medianColumns(outcome).map((place) => state.columns?.[place]?.id);
					const isThere = await liveRooms.read(roomId, (doc) => columnIds(doc).includes(column));
					if (!isThere || (how === 'adopted' && !middle.includes(column))) {
						throw new Refusal('no-such-column');
					}
				}
				const claim = { decision: how, decided_column: column };
				if (!(await decideOnce(db, round.id, card.id, claim))) throw new Refusal('decided-already');
				const became = { round: round.id, number: round.number, how, column };
				const line = { kind: 'round.decided', subject: card.id, was: null, became } as const;
				const change = (doc: Y.Doc) => {
					if (column === null) return;
					if (!cardIds(doc).has(card.id)) throw new Refusal('no-such-card');
					moveCard(doc, card.id, { column }, now());
					setSpread(doc, card.id, outcome.spread);
				};
				try {
					await inTime(liveRooms.edit(roomId, change, { personId: by.id, note: line }));
				} catch (error) {
					await undecide(db, round.id, card.id);
					throw error;
				}
				await liveRooms.stageChanged(roomId);
			}),

		read: (person, roomId, roundId) =>
			refusingStorageFailures(async () => {
				const { person: self } = await enter(db, person, roomId, now());
				const round = await shown.of(`${roomId} ${roundId}`);
				if (round === undefined) throw new Refusal('no-such-round');
				return ownRound(db, round, self.id);
			}),

		list: (person, roomId) =>
			refusingStorageFailures(async () => {
				await enter(db, person, roomId, now());
				const rounds = await findRounds(db, roomId);
				return Promise.all(rounds.map((round) => stateOf(db, round)));
			})
	};
}

async function found(db: Database, roomId: string, roundId: string): Promise<Round> {
	const round = await findRound(db, roomId, roundId);
	if (round === undefined) throw new Refusal('no-such-round');
	return round;
}

async function checkRepeated(db: Database, roomId: string, id: string): Promise<void> {
	const { state } = await found(db, roomId, id);
	if (state !== 'revealed' && state !== 'over') throw new Refusal('no-such-round');
}

async function decideOnce(
	db: Database,
	roundId: string,
	cardId: string,
	set: { decision: (typeof DECISIONS)[number]; decided_column: string | null }
): Promise<boolean> {
	const { numUpdatedRows } = await db
		.updateTable('round_cards')
		.set(set)
		.where('round_id', '=', roundId)
		.where('card_id', '=', cardId)
		.where('decision', 'is', null)
		.executeTakeFirst();
	return numUpdatedRows !== 0n;
}

async function undecide(db: Database, roundId: string, cardId: string): Promise<void> {
	await db
		.updateTable('round_cards')
		.set({ decision: null, decided_column: null })
		.where('round_id', '=', roundId)
		.where('card_id', '=', cardId)
		.execute();
}

/** As `cardIds` says of a card that was on the board once, without looking at all the others. */
function isPlaced(doc: Y.Doc, id: string): boolean {
	const card = entry(doc, 'cards', id);
	return card !== undefined && card.get('archived') !== true;
}

function cardIds(doc: Y.Doc): Set<string> {
	return new Set(cardEntries(doc).placed.map(([id]) => id));
}

function columnIds(doc: Y.Doc): string[] {
	return readColumns(doc).shown.map(({ id }) => id);
}
