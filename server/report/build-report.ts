/**
 * Makes the report of a workshop from what is stored. It holds nothing of an answer that is not
 * revealed, and of a round without names nobody's id.
 */
import { makeReport } from '#report/make-report.ts';
import { periodOf, type ReportRow } from '#report/period.ts';
import type { Report } from '#report/report.ts';
import type { ToldRound } from '#report/rounds.ts';
import type { Database } from '../database/database.ts';
import { wordsOf } from '../history/board-words.ts';
import { findRounds, stateOf } from '../rounds/round.repository.ts';
import type { Round } from '../rounds/round.table.ts';
import { toldAnswers } from '../rounds/told-answers.ts';
import type { LiveRooms } from '../sync/live-rooms.ts';
import type { WorkshopHead } from '../workshop/workshop.table.ts';
import { findReportRows } from './find-rows.ts';
import { findParticipants } from './participants.ts';

export interface ReportSources {
	db: Database;
	liveRooms: Pick<LiveRooms, 'read' | 'people'>;
}

/**
 * The report as it is at `at`; of an open workshop the report so far. Only what is stored by then is in
 * it: of one that is closed the `closed` row comes first, since it is stored after all before it.
 */
export async function reportOf(
	{ db, liveRooms }: ReportSources,
	{ id, room_id: roomId, number, opened_at, closed_at }: Omit<WorkshopHead, 'link'>,
	at: Date
): Promise<Report> {
	const rows = await findReportRows(db, roomId, id, closed_at);
	const workshop = { id, number, openedAt: opened_at, closedAt: closed_at };
	const rounds = await roundsOf(db, roomId, periodOf(rows, workshop).during);
	const time = { from: opened_at, to: closed_at ?? at.toISOString() };
	const told: ToldRound[] = [];
	for (const round of rounds) told.push(await tellOf(db, round));
	return makeReport({
		workshop,
		at: time.to,
		rows,
		words: await liveRooms.read(roomId, wordsOf),
		rounds: told,
		...(await findParticipants({ db, liveRooms }, roomId, time, rounds))
	});
}

/** Those that something happened to, the first one first. */
async function roundsOf(
	db: Database,
	roomId: string,
	during: readonly ReportRow[]
): Promise<Round[]> {
	const ids = new Set(
		during.flatMap(({ event }) =>
			event.kind === 'round' || event.kind === 'round.decided' ? [event.became.round] : []
		)
	);
	return (await findRounds(db, roomId)).filter(({ id }) => ids.has(id));
}

async function tellOf(db: Database, round: Round): Promise<ToldRound> {
	const state = await stateOf(db, round);
	const answers = await toldAnswers(db, round, state);
	return {
		state,
		answers: answers.map(({ card_id, column_id, confidence, reason, person_id }) => ({
			...{ card: card_id, column: column_id, confidence, reason },
			personId: person_id
		}))
	};
}
