/** The services, put together: each checks and limits, then asks the module that knows how. */
import { rangePartsOf } from '#barometer/range-parts.ts';
import { reading } from '#barometer/reading.ts';
import { readBoard } from '#board/read-board.ts';
import { instantiate } from '#board/template.ts';
import { sql } from 'kysely';
import * as Y from 'yjs';
import { createAccountSettings } from './auth/account-settings.ts';
import { createAudit } from './audit/audit.ts';
import { FailedSignIns } from './audit/failed-sign-ins.ts';
import { createAccounts } from './auth/accounts.ts';
import { createCutOff } from './auth/cut-off.ts';
import { findPerson } from './auth/guests.ts';
import { createPasskeys } from './auth/passkeys.ts';
import { createPasswordProof } from './auth/password-proof.ts';
import { createRecovery, type RecoveryParts } from './auth/recovery.ts';
import { addressKey } from './client-address.ts';
import type { Database } from './database/database.ts';
import { findChosenCheckpoint } from './history/checkpoint.repository.ts';
import { createHistory } from './history/history.ts';
import { createLimiter, giveBack, take } from './limits.ts';
import type { Log } from './log.ts';
import { may } from './policy/room-policy.ts';
import { Refusal } from './refusal.ts';
import { createReports } from './report/reports.ts';
import { enter } from './rooms/access.ts';
import { CodeGuard, CODES_ALONE, INVITATIONS } from './rooms/code-guard.ts';
import { CODE_ROLE, createRoom } from './rooms/create-room.ts';
import { joinRoom, type Guards } from './rooms/join-room.ts';
import { createDoors } from './rooms/doors.ts';
import { createReassess, type ReassessParts } from './rooms/reassess.ts';
import { findOpenDoors } from './rooms/room-code.repository.ts';
import { createRoomPeople } from './rooms/room-people.ts';
import { formatCode } from './rooms/room-code.ts';
import { boardOf } from './rooms/board-of.ts';
import { createRoomKeeping, readHome, teamFor } from './rooms/room-keeping.ts';
import { createLists } from './rooms/room-lists.ts';
import { readTitle } from './rooms/room-title.ts';
import { Summaries } from './rooms/summaries.ts';
import type { Templates } from './rooms/templates.ts';
import { noteVisit } from './rooms/visit.repository.ts';
import type { Caller, Services, TemplateSummary } from './services.ts';
import { refusingStorageFailures } from './storage-failure.ts';
import type { LiveRooms } from './sync/live-rooms.ts';
import { createRounds } from './rounds/rounds.ts';
import { createRunOfShow } from './stage/run-of-show.ts';
import { createStage } from './stage/stage.ts';
import { createTeamInvites } from './teams/team-invites.ts';
import { createTeamPeople } from './teams/team-people.ts';
import { createTeams } from './teams/teams.ts';
import { createWorkshops } from './workshop/workshops.ts';

const HOUR_S = 60 * 60;

export interface ServiceParts {
	db: Database;
	/** Where a room's present state comes from, as it is stored, and who is in it. */
	liveRooms: ReassessParts['liveRooms'] &
		Pick<
			LiveRooms,
			| 'read'
			| 'edit'
			| 'handTurned'
			| 'stageChanged'
			| 'roundProgressed'
			| 'people'
			| 'loaded'
			| 'disconnectAll'
		>;
	/** Makes the summary of a room that somebody waits for. */
	summaries?: Pick<Summaries, 'refresh'>;
	templates: Templates;
	log: Log;
	roomsPerHour: number;
	signUpsPerHour?: number;
	/** Null, as when not given: no mail is sent. */
	mail?: RecoveryParts['mail'];
	/** How long a guest is known, in days. */
	guestRetentionDays?: number;
	/** The clock; tests pass their own. */
	now?: () => Date;
	guards?: Guards;
	failedSignIns?: FailedSignIns;
}

export function createServices({
	db,
	liveRooms,
	templates,
	log,
	roomsPerHour,
	signUpsPerHour,
	mail = null,
	guestRetentionDays,
	now = () => new Date(),
	summaries = new Summaries({ db, liveRooms, log }),
	guards = { alone: new CodeGuard(CODES_ALONE), invitations: new CodeGuard(INVITATIONS) },
	failedSignIns = new FailedSignIns(db, log, now)
}: ServiceParts): Services {
	const reassess = createReassess({ db, liveRooms, log, now });
	const newRooms = createLimiter({ points: roomsPerHour, seconds: HOUR_S });
	/** Counts the making of a room, unless it fails. */
	async function limited<T>({ address }: Caller, make: () => Promise<T>): Promise<T> {
		const key = addressKey(address);
		await take(newRooms, key);
		try {
			return await make();
		} catch (error) {
			await giveBack(newRooms, key);
			throw error;
		}
	}

	const cutOff = createCutOff(liveRooms);
	const provePassword = createPasswordProof(db);
	const passkeys = createPasskeys({ db, now, provePassword });
	const rounds = createRounds({ db, liveRooms, now });

	return {
		accounts: createAccounts({
			db,
			cutOff,
			signUpsPerHour,
			noteFailure: (user) => failedSignIns.note(user),
			now
		}),
		settings: createAccountSettings({ db, now, provePassword, passkeys, cutOff }),
		recovery: createRecovery({ db, now, cutOff, mail }),
		passkeys,
		templates: templateSummaries(templates, now()),
		teams: createTeams({ db, liveRooms, reassess, now }),
		teamPeople: createTeamPeople({ db, reassess, now }),
		teamInvites: createTeamInvites(db, now),
		keeping: createRoomKeeping({ db, liveRooms, reassess, summaries, now, limited }),
		lists: createLists(db, liveRooms, now),
		audit: createAudit(db, now),

		guests: {
			find: (token) => refusingStorageFailures(() => findPerson(db, token, now()))
		},

		rooms: {
			async create(caller, { template: templateId, title, name, team = '', teamRole }) {
				const template = templates.get(templateId);
				if (template === undefined) throw new Refusal('unknown-template');
				const home = readHome(team, teamRole);
				const input = { template, title: readTitle(title), name, home };
				return limited(caller, () =>
					refusingStorageFailures(() =>
						createRoom(db, caller.person, input, now(), guestRetentionDays)
					)
				);
			},

			async join(caller, input) {
				const entry = await refusingStorageFailures(() =>
					joinRoom(db, guards, caller, input, now(), guestRetentionDays)
				);
				await reassess({ room: entry.id, person: caller.person?.id ?? null });
				return entry;
			},

			view: (person, id) =>
				refusingStorageFailures(async () => {
					const at = now();
					const { room, person: member } = await enter(db, person, id, at);
					const doors = may(member.role, 'guests.invite') ? await findOpenDoors(db, id, at) : [];
					const code = doors.find(({ role }) => role === CODE_ROLE)?.code;
					if (person?.isUser) await noteVisit(db, person.id, room.id, at);
					return {
						id,
						epoch: room.epoch,
						team: await teamFor(db, room.team_id, member.id),
						person: member,
						code: code === undefined ? null : formatCode(code),
						keptUntil: room.created_by === person?.id && !person.isUser ? room.expires_at : null,
						at: at.toISOString(),
						state: await liveRooms.read(id, (doc) => Y.encodeStateAsUpdate(doc)),
						checkpoint: await findChosenCheckpoint(db, id)
					};
				}),

			read: (person, id) =>
				refusingStorageFailures(async () => {
					const at = now();
					await enter(db, person, id, at);
					const board = await liveRooms.read(id, readBoard);
					return { board, reading: reading(board, at) };
				})
		},

		history: createHistory({ db, liveRooms, now }),
		rounds,
		stage: createStage({ db, liveRooms, now }),
		runOfShow: createRunOfShow({ db, liveRooms, rounds, now }),
		workshops: createWorkshops({ db, liveRooms, now }),
		reports: createReports({ db, liveRooms, now }),
		people: createRoomPeople({ db, reassess, now }),
		doors: createDoors({ db, liveRooms, reassess, now }),
		reassess,

		async healthy() {
			try {
				await sql`select 1 from rooms limit 1`.execute(db);
				return true;
			} catch (err) {
				log.error({ err }, 'the database does not answer');
				return false;
			}
		},

		report: (error, context) => log.error({ err: error, ...context }, 'unexpected error')
	};
}

/** What there is to choose from, the fullest first, each with the barometer it opens with. */
function templateSummaries(templates: Templates, at: Date): TemplateSummary[] {
	return [...templates.values()]
		.sort((a, b) => b.cards.length - a.cards.length)
		.map((template) => {
			const board = boardOf(instantiate(template, { at }));
			const opening = reading(board, at);
			return {
				id: template.id,
				name: template.title,
				description: template.description,
				columns: board.columns,
				value: opening.value,
				parts: rangePartsOf(opening)
			};
		});
}
