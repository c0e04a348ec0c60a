/**
 * One live room in the page: the shared document, its reading, who is here, and undo. Components
 * take it from context and read through it; they change the document with the operations of
 * `#board`, so nothing is copied and everybody sees the same.
 *
 * It is complete before any connection exists (the page brings the document with it), on the
 * server too; `connect` starts what needs a browser.
 */
import { browser } from '$app/environment';
import { createContext } from 'svelte';
import { createSubscriber } from 'svelte/reactivity';
import * as Y from 'yjs';
import type { Board } from '#board/board.ts';
import { readBoard } from '#board/read-board.ts';
import { createUndo, type Undo } from '#board/undo.ts';
import { rangePartsOf, type RangePart } from '#barometer/range-parts.ts';
import { reading, type Reading } from '#barometer/reading.ts';
import { tendency, type Tendency } from '#barometer/tendency.ts';
import type { PublicPerson, Role, SetHand } from '#sync/people.ts';
import type { RoomView } from '../../../server/services.ts';
import { Announcements, movedCards } from './announcements.svelte.ts';
import { Clock } from './clock.svelte.ts';
import { Connection, type SaveState } from './connection.svelte.ts';
import { Preferences } from './preferences.svelte.ts';
import { Presence } from './presence.svelte.ts';
import { DEMOTED, isHigher, PROMOTED } from './role-words.ts';

export interface OwnMove {
	card: string;
	/** Id of the column that it went into. */
	column: string;
	/** Id of the column that it came from. */
	from: string;
}

export class Room {
	readonly id: string;
	/** Whose room it is, for those who are in that team. */
	readonly team: RoomView['team'];
	readonly doc = new Y.Doc();
	readonly clock: Clock;
	readonly undo: Undo;
	/** Null on the server, where a page is rendered once and holds no timers. */
	readonly connection: Connection | null;
	readonly presence: Presence;
	readonly preferences = new Preferences();
	readonly announcements = new Announcements();
	/** Set when this person may do less than before, until they have read it. */
	demotion = $state.raw<string | null>(null);
	/** The last move made here, which one may say why; null once it is over, undefined before any. */
	lastMove = $state.raw<OwnMove | null | undefined>();

	/** What was put elsewhere here last, by undo and redo too. */
	#lastPlaced: OwnMove | null = null;
	readonly #checkpoint: SetHand | null;
	readonly #person: PublicPerson;
	readonly #subscribe: () => void;
	readonly #subscribeUndo: () => void;
	#board: Board;
	/** Id of the column that the word named last, for its hysteresis. */
	#named: string | null = null;

	constructor(view: RoomView, origin: string) {
		this.id = view.id;
		this.#person = view.person;
		this.team = view.team;
		this.#checkpoint = view.checkpoint;
		this.clock = new Clock(view.at);
		Y.applyUpdate(this.doc, view.state);
		this.#board = readBoard(this.doc);

		let boardChanged: (() => void) | undefined;
		this.#subscribe = createSubscriber((update) => {
			boardChanged = update;
			return () => (boardChanged = undefined);
		});
		this.doc.on('update', (_update, _origin, _doc, transaction) => {
			const before = this.#board;
			this.#board = readBoard(this.doc);
			boardChanged?.();
			const isUndoable = transaction.local && transaction.origin !== this.undo.manager;
			if (transaction.local || !this.preferences.isMuted)
				this.announcements.compare(before, this.#board, isUndoable);
			if (transaction.local) this.#noteMove(before, isUndoable);
			else this.#noteLock(before);
		});

		this.undo = createUndo(this.doc);
		this.#subscribeUndo = createSubscriber((update) => this.undo.onChange(update));
		const { role } = view.person;
		const onRole = (before: Role) => this.#tellRole(before);
		this.connection = browser ? new Connection(origin, view, this.doc, { role, onRole }) : null;
		this.presence = new Presence(this.connection?.awareness, view.person);
	}

	/** Who this is, with the role that they have now. */
	get me(): PublicPerson {
		return { ...this.#person, role: this.connection?.role ?? this.#person.role };
	}

	get board(): Board {
		this.#subscribe();
		return this.#board;
	}

	/** What the set hand points at. */
	get checkpoint(): SetHand | null {
		const hand = this.presence.hand;
		return hand === undefined ? this.#checkpoint : hand;
	}

	readonly reading: Reading = $derived.by(() => {
		const now = reading(this.board, this.clock.minute, { previousColumn: this.#named });
		this.#named = now.column;
		return now;
	});

	/** The likely range by its causes; empty without a reading. */
	readonly rangeParts: RangePart[] = $derived(rangePartsOf(this.reading));

	/** How the reading has moved since the checkpoint; null when no trend may be told. */
	readonly tendency: Tendency | null = $derived.by(() =>
		this.checkpoint === null
			? null
			: tendency(this.checkpoint.value, this.reading.value, this.reading.coverage)
	);

	get canEdit(): boolean {
		return this.me.role !== 'viewer' && this.saveState !== 'refused';
	}

	/** May move cards: on a locked board facilitators alone. */
	get canMove(): boolean {
		return this.canEdit && (this.mayFacilitate || !this.presence.stage.isLocked);
	}

	/** May pass on the codes of open doors. */
	get mayInvite(): boolean {
		return this.canEdit;
	}

	/** May open doors, let people in and change what they are. */
	get mayFacilitate(): boolean {
		const { role } = this.me;
		return (role === 'owner' || role === 'facilitator') && this.saveState !== 'refused';
	}

	get saveState(): SaveState {
		return this.connection?.state ?? 'connecting';
	}

	get canUndo(): boolean {
		this.#subscribeUndo();
		return this.canEdit && this.undo.canUndo;
	}

	get canRedo(): boolean {
		this.#subscribeUndo();
		return this.canEdit && this.undo.canRedo;
	}

	/** Takes back one's own last step and says so. */
	takeBack(): void {
		if (this.canUndo) this.#tell('Undone', () => this.undo.undo());
	}

	/** Does again what was taken back last, and says so. */
	doAgain(): void {
		if (this.canRedo) this.#tell('Done again', () => this.undo.redo());
	}

	/** One card that was put elsewhere is a move to say why; what is taken back is none any more. */
	#noteMove(before: Board, isUndoable: boolean): void {
		const [moved, ...others] = movedCards(before, this.#board);
		if (moved === undefined) return;
		const isOne = isUndoable && others.length === 0;
		const from = before.cards.find(({ id }) => id === moved.id)?.column ?? moved.column;
		this.#lastPlaced = { card: moved.id, column: moved.column, from };
		this.lastMove = isOne ? this.#lastPlaced : null;
	}

	/** What was moved here a moment ago has come back, since the board is locked. */
	#noteLock(before: Board): void {
		const last = this.#lastPlaced;
		const isBack = movedCards(before, this.#board).some(
			({ id, column }) => id === last?.card && column === last.from
		);
		if (this.canMove || !isBack) return;
		this.#lastPlaced = null;
		this.lastMove = null;
		this.announcements.say('Put back: the board is locked, so cards stay where they are');
	}

	#tellRole(before: Role): void {
		const { role } = this.me;
		if (isHigher(before, role)) this.demotion = DEMOTED[role];
		else {
			this.demotion = null;
			this.announcements.say(PROMOTED[role]);
		}
	}

	/** What moved is announced by itself; else `words` are, so that no old words stay with "Undo". */
	#tell(words: string, act: () => void): void {
		const { latest } = this.announcements;
		act();
		if (this.announcements.latest === latest) this.announcements.say(words);
	}

	/** Connects; returns what ends it. */
	connect(): () => void {
		void this.connection?.connect();
		return () => {
			this.undo.destroy();
			this.connection?.destroy();
			this.doc.destroy();
		};
	}
}

export const [getRoom, setRoom] = createContext<Room>();
