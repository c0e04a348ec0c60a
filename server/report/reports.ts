/**
 * The reports of a room's workshops: for its people, and for whoever has the link of one. A link has
 * 256 random bits and opens one report, not its room; it outlives guests' passes until it is taken
 * back. It is kept as it is, beside what it opens. Links that open nothing are limited by network
 * address, against load alone.
 */
import { namedReport, type ReportView } from '#report/named-report.ts';
import type { Report } from '#report/report.ts';
import { record } from '../audit/audit.repository.ts';
import { addressKey } from '../client-address.ts';
import type { Database } from '../database/database.ts';
import { wordsOf } from '../history/board-words.ts';
import { findNames } from '../history/people-names.ts';
import { createLimiter, giveBack, take } from '../limits.ts';
import { may, type RoomAction } from '../policy/room-policy.ts';
import { Refusal } from '../refusal.ts';
import { enter, enterTo } from '../rooms/access.ts';
import { lockRoom } from '../rooms/lock-room.ts';
import { findRoom } from '../rooms/room.repository.ts';
import { createToken, hashToken } from '../secret-token.ts';
import type { Caller, Person } from '../services.ts';
import { refusingStorageFailures } from '../storage-failure.ts';
import { findWorkshops } from '../workshop/workshop.repository.ts';
import type { LiveRooms } from '../sync/live-rooms.ts';
import type { Workshop } from '../workshop/workshop.table.ts';
import { readActions } from './action-lines.ts';
import { reportOf, type ReportSources } from './build-report.ts';
import {
	findByLink,
	findReasons,
	findWorkshop,
	readReport,
	storeFirstReport,
	storeReport
} from './report.repository.ts';
import { ReportsSoFar } from './reports-so-far.ts';

const WRONG_LINKS = { points: 60, seconds: 15 * 60 };

export interface WorkshopItem {
	id: string;
	number: number;
	openedAt: string;
	/** Null while it is open. */
	closedAt: string | null;
	isShared: boolean;
}

export interface ReportList {
	/** The room's. */
	id: string;
	/** The board's. */
	title: string;
	/** The newest first. */
	workshops: WorkshopItem[];
}

export interface ReportPage {
	report: ReportView;
	may: { share: boolean; write: boolean };
	/** For those who may share it: the secret part of its link, and whether that shows names. */
	shared: { link: string; showsNames: boolean } | null;
}

/** Everything here throws `Refusal`; ids and links are any text. */
export interface Reports {
	list(person: Person | null, roomId: string): Promise<ReportList>;
	/** Of a workshop that is open: the report so far. */
	read(person: Person | null, roomId: string, workshopId: string): Promise<ReportPage>;
	/** Gives a report a link, or takes it back for good; who has it sees names if `showsNames`. */
	share(
		person: Person | null,
		roomId: string,
		workshopId: string,
		isShared: boolean,
		showsNames?: boolean
	): Promise<void>;
	/**
	 * Replaces what is to be done, a line each. `seen` is what the caller replaces, as they saw it:
	 * `lines-changed` when somebody was faster.
	 */
	setActions(
		person: Person | null,
		roomId: string,
		workshopId: string,
		input: { lines: string; seen: string }
	): Promise<void>;
	/** The report that a link opens, for anybody who has it. */
	readShared(caller: Pick<Caller, 'address'>, link: string): Promise<ReportView>;
}

export interface ReportsParts extends ReportSources {
	liveRooms: ReportSources['liveRooms'] & Pick<LiveRooms, 'stageChanged'>;
	now(): Date;
}

export function createReports({ db, liveRooms, now }: ReportsParts): Reports {
	const wrongLinks = createLimiter(WRONG_LINKS);
	const soFar = new ReportsSoFar({ db, liveRooms });

	/** Of a closed workshop that has none it is made late, of what is still known, and kept. */
	async function made(workshop: Workshop): Promise<Report> {
		const stored = readReport(workshop);
		if (stored !== null) return stored;
		if (workshop.closed_at === null) return soFar.of(workshop, now());
		// Who is in the room by now was not necessarily there.
		const { read } = liveRooms;
		const late = { read: read.bind(liveRooms), people: () => [] };
		const report = await reportOf({ db, liveRooms: late }, workshop, now());
		await storeFirstReport(db, workshop.id, report);
		return report;
	}

	/** Changes the report of a closed workshop, for who may, with the room locked. */
	async function change(
		action: RoomAction,
		[person, roomId, workshopId]: [Person | null, string, string],
		work: (report: Report, link: string | null) => { report: Report; link: string | null }
	): Promise<void> {
		await enterTo(action, db, person, roomId, now());
		await made(await closed(db, roomId, workshopId));
		await db.transaction().execute(async (trx) => {
			await lockRoom(trx, roomId);
			const { person: by } = await enterTo(action, trx, person, roomId, now());
			const workshop = await closed(trx, roomId, workshopId);
			const report = readReport(workshop);
			if (report === null) throw new Refusal('no-such-workshop');
			const next = work(report, workshop.link);
			await storeReport(trx, workshop.id, next.report, next.link);
			if ((next.link === null) === (workshop.link === null)) return;
			const kind = next.link === null ? 'room.report-withdrawn' : 'room.report-shared';
			await record(trx, { kind, at: now(), by, roomId });
		});
	}

	return {
		list: (person, roomId) =>
			refusingStorageFailures(async () => {
				await enter(db, person, roomId, now());
				const workshops = await findWorkshops(db, roomId);
				return {
					id: roomId,
					title: (await liveRooms.read(roomId, wordsOf)).title,
					workshops: workshops.map(({ id, number, opened_at, closed_at, link }) => ({
						...{ id, number, openedAt: opened_at, closedAt: closed_at },
						isShared: link !== null
					}))
				};
			}),

		read: (person, roomId, workshopId) =>
			refusingStorageFailures(async () => {
				const { person: self } = await enter(db, person, roomId, now());
				const workshop = await found(db, roomId, workshopId);
				const report = await made(workshop);
				const { link } = workshop;
				const mayShare = may(self.role, 'report.share');
				return {
					report: await shown(db, roomId, report, true),
					may: { share: mayShare, write: may(self.role, 'report.write') },
					shared: mayShare && link !== null ? { link, showsNames: report.sharesNames } : null
				};
			}),

		share: (person, roomId, workshopId, isShared, showsNames = false) =>
			refusingStorageFailures(async () => {
				await change('report.share', [person, roomId, workshopId], (report, link) => ({
					report: { ...report, sharesNames: isShared && showsNames },
					link: isShared ? (link ?? createToken()) : null
				}));
				await liveRooms.stageChanged(roomId);
			}),

		setActions: (person, roomId, workshopId, { lines, seen }) =>
			refusingStorageFailures(async () => {
				const actions = readActions(lines);
				const replaced = readActions(seen);
				await change('report.write', [person, roomId, workshopId], (report, link) => {
					if (replaced.join('\n') !== report.actions.join('\n')) throw new Refusal('lines-changed');
					return { report: { ...report, actions }, link };
				});
			}),

		readShared: ({ address }, link) =>
			refusingStorageFailures(async () => {
				const key = addressKey(address);
				await take(wrongLinks, key);
				const workshop = hashToken(link) === null ? undefined : await findByLink(db, link);
				const room = workshop && (await findRoom(db, workshop.room_id, now()));
				const report = workshop && readReport(workshop);
				if (!room || room.trashed_at !== null || !report) throw new Refusal('no-such-report');
				await giveBack(wrongLinks, key);
				return shown(db, room.id, report, report.sharesNames);
			})
	};
}

/** With the names of now, and with reasons that were given since. */
async function shown(
	db: Database,
	roomId: string,
	report: Report,
	showsNames: boolean
): Promise<ReportView> {
	const reasons = await findReasons(db, roomId, report);
	const cards = report.cards.map(({ card, moves }) => ({
		card,
		moves: moves.map((move) => ({ ...move, ...reasons.get(move.seq) }))
	}));
	const people = report.people.map((person_id) => ({ person_id }));
	const names = showsNames ? await findNames(db, roomId, people) : null;
	return namedReport(
		{ ...report, cards },
		names && new Map([...names].map(([id, { name }]) => [id, name]))
	);
}

async function found(db: Database, roomId: string, workshopId: string): Promise<Workshop> {
	const workshop = await findWorkshop(db, roomId, workshopId);
	if (workshop === undefined) throw new Refusal('no-such-workshop');
	return workshop;
}

async function closed(db: Database, roomId: string, workshopId: string): Promise<Workshop> {
	const workshop = await found(db, roomId, workshopId);
	if (workshop.closed_at === null) throw new Refusal('workshop-not-closed');
	return workshop;
}
