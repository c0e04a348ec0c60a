/**
 * The rooms in memory: each is loaded once, when it is first needed and before anybody is answered,
 * and forgotten when nobody has been there for a while, after what is to be written is written.
 *
 *   rooms:    id -> the one load of it             leaving: id -> being unloaded; a new load waits
 */
import type { Duplex } from 'node:stream';
import type { Logger } from 'pino';
import type { WebSocket } from 'ws';
import type * as Y from 'yjs';
import type { Board } from '#board/board.ts';
import { readBoard } from '#board/read-board.ts';
import { CLOSE, type CloseCode } from '#sync/close-codes.ts';
import type { StageState } from '#stage/stage-state.ts';
import type { PublicPerson } from '#sync/people.ts';
import type { Database } from '../database/database.ts';
import { findChosenCheckpoint } from '../history/checkpoint.repository.ts';
import { hasRecord } from '../history/history.repository.ts';
import { trimHistory } from '../history/trim.ts';
import { countWaiting } from '../rooms/waiting.repository.ts';
import { findStage } from '../stage/find-stage.ts';
import { Changes } from './changes.ts';
import { Connection, type ConnectionOptions } from './connection.ts';
import { Gathered } from './gathered.ts';
import { GroupCommit } from './group-commit.ts';
import { LIMITS, type Limits } from './limits.ts';
import { LiveRoom, type LiveRoomContext } from './live-room.ts';
import type { EditedFor } from './own-edit.ts';
import { NO_FIGURES, type SyncFigures } from './sync-figures.ts';
import { documentOf } from './stored-room.ts';
import { Turns } from './turns.ts';
import { CorruptRoom, loadRoom, writeSnapshot, type StoredRoom } from './update-log.ts';

export interface LiveRoomsOptions {
	db: Database;
	log: Logger;
	/** For tests. */
	limits?: Partial<Limits>;
	figures?: SyncFigures | undefined;
}

export function createLiveRooms({ db, log, limits, figures }: LiveRoomsOptions): LiveRooms {
	return new LiveRooms(db, log, { ...LIMITS, ...limits }, figures);
}

/**
 * Whom a change is about: everybody, those in one room, or one person in all or one. `person` null
 * is nobody who is known.
 */
export interface Concerned {
	room?: string | undefined;
	person?: string | null | undefined;
}

export class LiveRooms {
	readonly #db: Database;
	readonly #log: Logger;
	readonly limits: Limits;
	/** Changes of who may do what: whoever makes one notes it here before asking who is present. */
	readonly rights = new Changes();
	/** The same of who waits at the doors. */
	readonly lobbies = new Changes();
	/** The same of the stages. */
	readonly stages = new Changes();
	/** The same of where the set hands point. */
	readonly hands = new Changes();
	readonly figures: SyncFigures;
	readonly #writer: GroupCommit;
	readonly #turns: Turns;
	readonly #progress: Gathered;
	readonly #rooms = new Map<string, Promise<LiveRoom>>();
	readonly #live = new Map<string, LiveRoom>();
	readonly #leaving = new Map<string, Promise<void>>();
	/** Rooms that were found damaged, so that the log tells of each once, however many try again. */
	readonly #damaged = new Set<string>();
	readonly #heartbeat: NodeJS.Timeout;
	#onChanged: (roomId: string) => void = () => {};
	#isClosing = false;

	constructor(db: Database, log: Logger, limits: Limits, figures = NO_FIGURES) {
		this.#db = db;
		this.#log = log;
		this.limits = limits;
		this.figures = figures;
		this.#writer = new GroupCommit(db, log, limits, figures);
		this.#turns = new Turns(limits);
		this.#progress = new Gathered({
			apartMs: limits.progressMs,
			tell: (roomId) => this.stageChanged(roomId),
			onFailure: (room, err) => this.#log.error({ err, room }, 'cannot tell how far a round is')
		});
		this.#writer.onStoring((storing) => {
			for (const room of this.#live.values()) room.tellStoring(storing);
		});
		this.#heartbeat = setInterval(() => {
			for (const room of this.#live.values()) room.heartbeat();
		}, limits.heartbeatMs);
	}

	/** Ids of the rooms in memory. */
	get loaded(): string[] {
		return [...this.#live.keys()];
	}

	/** Sockets in rooms. */
	get connections(): number {
		return [...this.#live.values()].reduce((sum, room) => sum + room.connections, 0);
	}

	/** What waits to be sent to the socket that is owed the most now, in bytes. */
	get mostQueuedBytes(): number {
		return Math.max(0, ...[...this.#live.values()].map((room) => room.mostQueuedBytes));
	}

	/** Whether the last try to store something succeeded. */
	get storing(): boolean {
		return this.#writer.storing;
	}

	/** Takes an authorised socket, made of `stream`, into its room, or closes it. What it sends meanwhile waits in the socket. */
	async accept(
		socket: WebSocket,
		stream: Duplex,
		room: { id: string },
		person: PublicPerson,
		options: ConnectionOptions
	): Promise<Connection> {
		const heard = { ...options, onClosing: this.figures.closed };
		const connection = new Connection(socket, stream, person, heard, this.limits);
		try {
			if (this.#isClosing) connection.close(CLOSE.restarting);
			else (await this.#open(room.id)).join(connection);
		} catch (error) {
			const isDamaged = error instanceof CorruptRoom;
			if (!isDamaged) this.#log.error({ err: error, room: room.id }, 'cannot load a room');
			connection.close(isDamaged ? CLOSE.roomDamaged : CLOSE.tryLater);
		}
		return connection;
	}

	/** The board as it is stored. Throws `CorruptRoom`, or what the database says. */
	async board(roomId: string): Promise<Board> {
		return this.read(roomId, readBoard);
	}

	/** Reads the stored document without keeping the room in memory. `use` must not change it. */
	async read<T>(roomId: string, use: (doc: Y.Doc) => T): Promise<T> {
		const opening = this.#rooms.get(roomId);
		if (opening !== undefined) return (await opening).read(use);
		const doc = await this.#fromStore(roomId, (stored) => documentOf(roomId, stored));
		try {
			return use(doc);
		} finally {
			doc.destroy();
		}
	}

	/** Who is here, as pairs of room and person: all, or those of one room, or one person. */
	present({ room, person }: Concerned = {}): { roomId: string; personId: string }[] {
		return [...this.#live.values()]
			.filter(({ id }) => room === undefined || room === id)
			.flatMap(({ id, people }) => people.map((person) => ({ roomId: id, personId: person.id })))
			.filter(({ personId }) => person === undefined || person === personId);
	}

	/** Makes somebody who is in a room what `person` says. Nobody else is told of it. */
	assign(roomId: string, person: PublicPerson): void {
		this.#live.get(roomId)?.assign(person);
	}

	/** Tells a room how many wait at its door, and that what its pages list is stale. */
	peopleChanged(roomId: string, waiting: number): void {
		this.#live.get(roomId)?.peopleChanged(waiting);
	}

	/** Calls back, for one listener, whenever a change of a room's document is stored. */
	onChanged(listener: (roomId: string) => void): void {
		this.#onChanged = listener;
	}

	/** Changes a room's document on the server's own account, as `LiveRoom.edit` says. */
	async edit(roomId: string, change: (doc: Y.Doc) => void, by?: EditedFor): Promise<void> {
		if (this.#isClosing) throw new Error('the server is stopping');
		return (await this.#open(roomId)).edit(change, by);
	}

	/** The set hand of a room points elsewhere: tells its pages where. */
	async handTurned(roomId: string): Promise<void> {
		this.hands.note(roomId);
		await this.#settleHand(roomId, () => this.#live.get(roomId));
	}

	/** The stage of a room has changed as it is stored: tells its pages. */
	async stageChanged(roomId: string): Promise<void> {
		this.stages.note(roomId);
		await this.#settleStage(roomId, () => this.#live.get(roomId));
	}

	/** A round of a room is further than it was: tells its pages, of many answers at once. */
	roundProgressed(roomId: string): void {
		this.#progress.note(roomId);
	}

	/** The stage of a room that is in memory. */
	stage(roomId: string): StageState | undefined {
		return this.#live.get(roomId)?.stage;
	}

	/** Who is in a room now, each once. */
	people(roomId: string): PublicPerson[] {
		return this.#live.get(roomId)?.people ?? [];
	}

	/** Closes every connection to a room. */
	disconnectAll(roomId: string, code: CloseCode): void {
		this.#live.get(roomId)?.disconnectAll(code);
	}

	/** Closes every connection of a person in a room. */
	disconnect(roomId: string, personId: string, code: CloseCode): void {
		this.#live.get(roomId)?.disconnect(personId, code);
	}

	/** Stores what came in, tells everybody to come back, and ends. Takes at most `drainMs`. */
	async close(): Promise<void> {
		this.#isClosing = true;
		clearInterval(this.#heartbeat);
		await this.#progress.close();
		await Promise.allSettled(this.#rooms.values());
		const rooms = [...this.#live.values()];
		const giveUp = setTimeout(() => {
			this.#log.error('stopping although updates are not stored; clients keep theirs');
			this.#writer.stop();
		}, this.limits.drainMs);
		await Promise.all(rooms.map((room) => room.drain()));
		for (const room of rooms) room.close(CLOSE.restarting);
		await Promise.all(this.#leaving.values());
		clearTimeout(giveUp);
		this.#writer.stop();
	}

	#open(roomId: string): Promise<LiveRoom> {
		const known = this.#rooms.get(roomId);
		if (known !== undefined) return known;
		const opening = this.#load(roomId).catch((error: unknown) => {
			this.#rooms.delete(roomId);
			throw error;
		});
		this.#rooms.set(roomId, opening);
		return opening;
	}

	async #load(roomId: string): Promise<LiveRoom> {
		await this.#leaving.get(roomId);
		const context: LiveRoomContext = {
			writer: this.#writer,
			turns: this.#turns,
			log: this.#log,
			limits: this.limits,
			load: () => loadRoom(this.#db, roomId),
			writeSnapshot: (entry) => writeSnapshot(this.#db, entry),
			trimHistory: () => trimHistory(this.#db, roomId, this.limits.maxHistoryRows),
			onChanged: (changed) => this.#onChanged(changed),
			onIdle: (idle) => this.#unload(idle),
			onGivenUp: (lost) => this.#forget(lost)
		};
		const isRecorded = await hasRecord(this.#db, roomId);
		const room = await this.#fromStore(
			roomId,
			(stored) => new LiveRoom(roomId, stored, isRecorded, context)
		);
		try {
			await this.#settleHand(roomId, () => room);
			await this.#settleStage(roomId, () => room);
			await this.lobbies.settle(
				roomId,
				() => countWaiting(this.#db, roomId),
				(waiting) => {
					this.#live.set(roomId, room);
					room.peopleChanged(waiting);
				}
			);
		} catch (error) {
			room.close(CLOSE.tryLater);
			throw error;
		}
		return room;
	}

	#settleHand(roomId: string, room: () => LiveRoom | undefined): Promise<void> {
		return this.hands.settle(
			roomId,
			() => findChosenCheckpoint(this.#db, roomId),
			(chosen) =>
				room()?.setHand(chosen && { name: chosen.name, at: chosen.at, value: chosen.value })
		);
	}

	#settleStage(roomId: string, room: () => LiveRoom | undefined): Promise<void> {
		return this.stages.settle(
			roomId,
			() => findStage(this.#db, roomId),
			(stage) => room()?.setStage(stage)
		);
	}

	/** Throws `CorruptRoom`, and tells whoever runs the server what to do about it. */
	async #fromStore<T>(roomId: string, use: (stored: StoredRoom) => T): Promise<T> {
		try {
			const made = use(await loadRoom(this.#db, roomId));
			this.#damaged.delete(roomId);
			return made;
		} catch (error) {
			if (error instanceof CorruptRoom && !this.#damaged.has(roomId)) {
				this.#damaged.add(roomId);
				this.#log.error(
					{ err: error, room: roomId },
					`a room is damaged and set aside; run: npm run rooms -- restore ${roomId}`
				);
			}
			throw error;
		}
	}

	#unload(room: LiveRoom): void {
		this.#forget(room);
		const leaving = room.unload().finally(() => this.#leaving.delete(room.id));
		this.#leaving.set(room.id, leaving);
	}

	#forget(room: LiveRoom): void {
		if (this.#live.get(room.id) !== room) return;
		this.#live.delete(room.id);
		this.rights.forget(room.id);
		this.lobbies.forget(room.id);
		this.hands.forget(room.id);
		this.stages.forget(room.id);
		this.#rooms.delete(room.id);
	}
}
