/**
 * What the app may ask of the server, as one interface. `main.ts` (and the Vite plugin in
 * development) creates it and hands it over under `SERVICES`; `hooks.server.ts` puts it on
 * `event.locals`. The app imports types from here, nothing else.
 */
import type { Board, Column } from '#board/board.ts';
import type { RangePart } from '#barometer/range-parts.ts';
import type { Reading } from '#barometer/reading.ts';
import type { PublicPerson, Role } from '#sync/people.ts';
import type { Audit } from './audit/audit.ts';
import type { AccountSettings } from './auth/account-settings.ts';
import type { Accounts } from './auth/accounts.ts';
import type { Passkeys } from './auth/passkeys.ts';
import type { Recovery } from './auth/recovery.ts';
import type { Checkpoint } from './history/checkpoint.repository.ts';
import type { History } from './history/history.ts';
import type { Reports } from './report/reports.ts';
import type { Doors } from './rooms/doors.ts';
import type { Reassess } from './rooms/reassess.ts';
import type { RoomPeople } from './rooms/room-people.ts';
import type { RoomKeeping } from './rooms/room-keeping.ts';
import type { Lists } from './rooms/room-lists.ts';
import type { Rounds } from './rounds/rounds.ts';
import type { RunOfShow } from './stage/run-of-show.ts';
import type { Stage } from './stage/stage.ts';
import type { TeamInvites } from './teams/team-invites.ts';
import type { TeamPeople } from './teams/team-people.ts';
import type { Teams } from './teams/teams.ts';
import type { Workshops } from './workshop/workshops.ts';

/** The key on `globalThis`: `Symbol.for(SERVICES)`. */
export const SERVICES = 'detente.services';

/** Who is asking: a guest, or somebody signed in. */
export interface Person {
	id: string;
	name: string;
	/** Hue in degrees, 0 to 359. */
	colour: number;
	/** Signed in with an account; else a guest, known by a cookie. */
	isUser: boolean;
}

/** A new cookie to set: its value goes out once and is kept only as a hash. */
export interface GuestPass {
	token: string;
	expires: Date;
}

export interface TemplateSummary {
	id: string;
	name: string;
	description: string;
	/** The board that it opens with, and where its needle stands. */
	columns: Column[];
	value: number | null;
	parts: RangePart[];
}

/** Who asks, and from where. `person` is null for a stranger, who becomes a guest by it. */
export interface Caller {
	person: Person | null;
	/** The client's network address, for limits. */
	address: string;
}

export interface Entry {
	/** The room's id. */
	id: string;
	role: Role;
	/** Set when the caller became a guest by this. */
	pass: GuestPass | null;
	/** In the lobby: `role` is theirs once a facilitator lets them in. */
	isWaiting: boolean;
}

export interface RoomView {
	id: string;
	epoch: number;
	/** For those who are in the room's team; null else. */
	team: { id: string; name: string } | null;
	/** The caller, as others see them in this room. */
	person: PublicPerson;
	/** The code to dictate, `ABCD-EFGH`; null without an open door, and for who may not invite. */
	code: string | null;
	/** ISO time at which this view was made. */
	at: string;
	/** The whole document, as one Yjs update: the page is live from its first moment. */
	state: Uint8Array;
	/** Until when it is kept, for the guest who opened it and would keep it with an account; else null. */
	keptUntil: string | null;
	/** What the set hand points at. */
	checkpoint: Checkpoint | null;
}

export interface Services {
	accounts: Accounts;
	settings: AccountSettings;
	recovery: Recovery;
	passkeys: Passkeys;
	templates: TemplateSummary[];
	teams: Teams;
	teamPeople: TeamPeople;
	teamInvites: TeamInvites;
	/** What is done to a room as a whole. */
	keeping: RoomKeeping;
	/** Lists of rooms. */
	lists: Lists;
	guests: {
		/** The person behind a cookie's token, or null for every token that is not valid now. */
		find(token: string | undefined): Promise<Person | null>;
	};
	rooms: {
		/**
		 * Makes a room from a template; the caller becomes its facilitator. A `name` is what the
		 * caller is called from then on; a stranger without one is a "Facilitator". With the id of a
		 * `team` it is the team's, whose members are `teamRole` in it ("editor" when left out).
		 * Throws `Refusal`.
		 */
		create(
			caller: Caller,
			input: { template: string; title?: string; name?: string; team?: string; teamRole?: string }
		): Promise<Entry & { code: string }>;
		/**
		 * Lets the caller in by a code; a stranger needs a `name`. `room` is the id that an invitation
		 * link names beside the code: limits on guessing then hardly matter. Throws `Refusal`.
		 */
		join(caller: Caller, input: { code: string; name?: string; room?: string }): Promise<Entry>;
		/** What the page of a room needs. Throws `Refusal`. */
		view(person: Person | null, id: string): Promise<RoomView>;
		/** The board and its reading, for outside programs. Throws `Refusal`. */
		read(person: Person | null, id: string): Promise<{ board: Board; reading: Reading }>;
	};
	/** Who came, went and was given which role, for those who may know. */
	audit: Audit;
	/** What happened in rooms, why, and the checkpoints to compare with. */
	history: History;
	/** Blind rounds. */
	rounds: Rounds;
	/** What everybody looks at together. */
	stage: Stage;
	/** The steps that a facilitator goes through with everybody. */
	runOfShow: RunOfShow;
	/** Sessions of a room's people. */
	workshops: Workshops;
	/** Reports of workshops. */
	reports: Reports;
	/** Who is what in a room, and changing that. */
	people: RoomPeople;
	/** How people come into a room. */
	doors: Doors;
	/** Makes what is stored of people true for those who are connected; after every change of it. */
	reassess: Reassess;
	/** Whether the database answers. */
	healthy(): Promise<boolean>;
	/** Logs an error that nobody expected, under the id that the person was shown. */
	report(error: unknown, context: { id: string; method: string; route: string | null }): void;
}
