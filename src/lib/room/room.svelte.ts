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
import type { PublicPerson } from '#sync/people.ts';
import type { RoomView } from '../../../server/services.ts';
import { Announcements } from './announcements.svelte.ts';
import { Clock } from './clock.svelte.ts';
import { Connection, type SaveState } from './connection.svelte.ts';
import { Presence } from './presence.svelte.ts';

export class Room {
	readonly id: string;
	readonly me: PublicPerson;
	readonly code: string | null;
	/** Whose room it is, for those who are in that team. */
	readonly team: RoomView['team'];
	readonly checkpoint: RoomView['checkpoint'];
	readonly doc = new Y.Doc();
	readonly clock: Clock;
	readonly undo: Undo;
	/** Null on the server, where a page is rendered once and holds no timers. */
	readonly connection: Connection | null;
	readonly presence: Presence;
	readonly announcements = new Announcements();

	readonly #subscribe: () => void;
	readonly #subscribeUndo: () => void;
	#board: Board;
	/** Id of the column that the word named last, for its hysteresis. */
	#named: string | null = null;

	constructor(view: RoomView, origin: string) {
		this.id = view.id;
		this.me = view.person;
		this.code = view.code;
		this.team = view.team;
		this.checkpoint = view.checkpoint;
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
			this.announcements.compare(before, this.#board, isUndoable);
		});

		this.undo = createUndo(this.doc);
		this.#subscribeUndo = createSubscriber((update) => this.undo.onChange(update));
		this.connection = browser ? new Connection(origin, view, this.doc) : null;
		this.presence = new Presence(this.connection?.awareness, view.person);
	}

	get board(): Board {
		this.#subscribe();
		return this.#board;
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

	get saveState(): SaveState {
		return this.connection?.state ?? 'connecting';
	}

	get canUndo(): boolean {
		this.#subscribeUndo();
		return this.undo.canUndo;
	}

	get canRedo(): boolean {
		this.#subscribeUndo();
		return this.undo.canRedo;
	}

	/** Takes back one's own last step and says so. */
	takeBack(): void {
		if (this.undo.canUndo) this.#tell('Undone', () => this.undo.undo());
	}

	/** Does again what was taken back last, and says so. */
	doAgain(): void {
		if (this.undo.canRedo) this.#tell('Done again', () => this.undo.redo());
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
