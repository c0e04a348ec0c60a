/**
 * One room in memory. What anybody receives, is acknowledged or is answered is stored ("output
 * gate"); what comes in while a commit runs waits and goes into the next one together.
 *
 *   receive: decode, check -> inbox
 *   while the inbox has something:
 *       apply it to the document              the gate closes: the document is ahead of the log
 *       append what Yjs made of it, await     group commit, tried again until it succeeds
 *       send to others, acknowledge, answer   the gate opens: the document is what is stored
 */
import { setImmediate as afterReading } from 'node:timers/promises';
import type { Logger } from 'pino';
import * as Y from 'yjs';
import { CLOSE, type CloseCode } from '#sync/close-codes.ts';
import type { RoomEvent } from '#history/board-event.ts';
import type { PublicPerson, SetHand } from '#sync/people.ts';
import { EMPTY_STAGE, type StageState } from '#stage/stage-state.ts';
import { Recorder } from '../history/recorder.ts';
import { Answers } from './answers.ts';
import { applyMessages, applyOneByOne, type Change, type Received } from './apply.ts';
import { BoardLock } from './board-lock.ts';
import { checkStateVector, checkUpdate, type ClientRange } from './check-update.ts';
import type { Connection, Host } from './connection.ts';
import { FrameError } from './cursor.ts';
import { encodeIntegrated } from './encode-integrated.ts';
import { Gate } from './gate.ts';
import { ImpossibleAppend, type GroupCommit } from './group-commit.ts';
import type { Limits } from './limits.ts';
import { NOTHING, OwnEdit, updateBy, type EditedFor } from './own-edit.ts';
import { Presence } from './presence.ts';
import { encodeStep1, encodeUpdate, type Incoming } from './protocol.ts';
import { RoomLog } from './room-log.ts';
import { documentOf } from './stored-room.ts';
import type { Turns } from './turns.ts';
import type { LogEntry, StoredRoom } from './update-log.ts';
import { wireFrame } from './wire-frame.ts';

export interface LiveRoomContext {
	writer: GroupCommit;
	turns: Turns;
	log: Logger;
	limits: Limits;
	/** What is stored now. */
	load(): Promise<StoredRoom>;
	writeSnapshot(entry: LogEntry): Promise<void>;
	trimHistory(): Promise<void>;
	/** Called when a change of the document is stored. Must be quick and not throw. */
	onChanged(roomId: string): void;
	/** Called once nobody has been here for a while. */
	onIdle(room: LiveRoom): void;
	/** Called when the room has given itself up; what is stored can be loaded again. */
	onGivenUp(room: LiveRoom): void;
}

/** What a waiting message takes in memory, roughly, in bytes. */
const memoryOf = (update: Uint8Array): number => update.byteLength + 128;

export class LiveRoom implements Host {
	readonly id: string;
	readonly #context: LiveRoomContext;
	#doc: Y.Doc;
	#recorder: Recorder;
	/** The record of the room has begun, as it is stored. */
	#isRecorded: boolean;
	/** While the board is locked. */
	#lock: BoardLock | null = null;
	#stage: StageState = EMPTY_STAGE;
	readonly #roomLog: RoomLog;
	readonly #gate: Gate;
	readonly #answers = new Answers();
	readonly #presence: Presence<Connection>;
	readonly #connections = new Set<Connection>();
	readonly #ownEdits = new Set<OwnEdit>();
	#inbox: Received[] = [];
	#working: Promise<void> | undefined;
	#isOver = false;
	#heldBytes = 0;
	#idle: NodeJS.Timeout | undefined;

	/**
	 * `isRecorded`: the record of the room has begun. Throws `CorruptRoom` when Yjs cannot take what
	 * is stored.
	 */
	constructor(id: string, stored: StoredRoom, isRecorded: boolean, context: LiveRoomContext) {
		this.id = id;
		this.#context = context;
		this.#doc = documentOf(id, stored);
		this.#recorder = new Recorder(this.#doc, isRecorded);
		this.#isRecorded = isRecorded;
		this.#roomLog = new RoomLog(id, stored, context);
		this.#gate = new Gate(this.#doc, async () => documentOf(id, await context.load()));
		this.#presence = new Presence(
			(message, except) => this.#spread(message, except),
			context.limits
		);
		this.#awaitIdle();
	}

	get connections(): number {
		return this.#connections.size;
	}

	get mostQueuedBytes(): number {
		let most = 0;
		for (const { queuedBytes } of this.#connections) most = Math.max(most, queuedBytes);
		return most;
	}

	/** What everybody here looks at together. */
	get stage(): StageState {
		return this.#stage;
	}

	/** Who is here, each once. */
	get people(): PublicPerson[] {
		const people = new Map<string, PublicPerson>();
		for (const { person } of this.#connections) people.set(person.id, person);
		return [...people.values()];
	}

	join(connection: Connection): void {
		if (!connection.isOpen) return;
		if (this.#isOver) return connection.close(CLOSE.tryLater);
		if (this.#isFullFor(connection)) return connection.close(CLOSE.tooMuch, 'too many connections');
		clearTimeout(this.#idle);
		this.#connections.add(connection);
		connection.join(this);
		if (!connection.isViewer) this.#askForStep2(connection);
		if (!this.#context.writer.storing) connection.tellStoring(false);
		connection.sendAwareness(wireFrame(this.#presence.encodeAll()));
	}

	leave(connection: Connection): void {
		if (!this.#connections.delete(connection)) return;
		this.#presence.leave(connection);
		if (this.#connections.size === 0 && !this.#isOver) this.#awaitIdle();
	}

	/** Throws `FrameError`. */
	receive(connection: Connection, message: Incoming): void {
		switch (message.type) {
			case 'state-vector':
				return this.#answer(connection, message.vector);
			case 'update':
				return this.#receiveUpdate(connection, message.update, message.isStep2);
			case 'awareness':
				connection.countAwareness();
				return this.#presence.receive(connection, message.states);
			case 'query-awareness':
				connection.countQuestion();
				return connection.sendAwareness(wireFrame(this.#presence.encodeAll()));
		}
	}

	/** Makes good what was left out while the connection's queue was full. */
	catchUp(connection: Connection): void {
		this.#whenStored((doc) => {
			if (connection.missedSince !== undefined) {
				const vector = Y.encodeStateVector(connection.missedSince);
				connection.missedSince = undefined;
				connection.send(wireFrame(encodeUpdate(encodeIntegrated(doc, vector))));
			}
			if (connection.missedAwareness) {
				connection.missedAwareness = false;
				connection.send(wireFrame(this.#presence.encodeAll()));
			}
		});
	}

	/** Reads the document as it is stored. Rejects with what `use` throws. */
	read<T>(use: (doc: Y.Doc) => T): Promise<T> {
		return new Promise((resolve, reject) => {
			this.#whenStored((doc) => {
				try {
					resolve(use(doc));
				} catch (error) {
					reject(error);
				}
			});
		});
	}

	/**
	 * Changes the document on the server's own account; resolves when it is stored and live people
	 * have it. It is recorded as `personId`'s. Rejects with what `change` throws, or when storing it came to no end.
	 */
	async edit(change: (doc: Y.Doc) => void, { personId, note }: EditedFor = {}): Promise<void> {
		const own = new OwnEdit(personId);
		this.#ownEdits.add(own);
		this.#whenStored((doc) => {
			try {
				this.#receiveOwn(own, updateBy(doc, change), note);
			} catch (error) {
				own.fail(error);
			}
		});
		try {
			await own.stored;
		} finally {
			this.#ownEdits.delete(own);
		}
	}

	/** Handling a message failed: the room cannot be trusted any more. */
	fail(error: unknown): void {
		this.#giveUp(error, CLOSE.tryLater);
	}

	/** The writer has begun to fail, or works again. */
	tellStoring(storing: boolean): void {
		for (const connection of this.#connections) connection.tellStoring(storing);
		if (!storing) this.#serveStored();
	}

	heartbeat(): void {
		for (const connection of this.#connections) connection.beat();
	}

	disconnectAll(code: CloseCode): void {
		for (const connection of [...this.#connections]) connection.close(code);
	}

	disconnect(personId: string, code: CloseCode): void {
		for (const connection of [...this.#connections]) {
			if (connection.person.id === personId) connection.close(code);
		}
	}

	/** Makes somebody who is here what `person` says: their role, their name. */
	assign(person: PublicPerson): void {
		for (const connection of this.#connections) {
			if (connection.person.id !== person.id) continue;
			const wasViewer = connection.isViewer;
			connection.assign(person);
			if (wasViewer && !connection.isViewer) this.#askForStep2(connection);
		}
		this.#presence.peopleChanged();
	}

	/** Somebody came, went or became another; `waiting` are not let in yet. */
	peopleChanged(waiting: number): void {
		this.#presence.setWaiting(waiting);
	}

	/** Where the set hand points from now on. */
	setHand(hand: SetHand | null): void {
		this.#presence.setHand(hand);
	}

	/** What everybody looks at together from now on. */
	setStage(stage: StageState): void {
		this.#stage = stage;
		if (!stage.isLocked) this.#lock = null;
		// The gate is open, or what is applied right now was sent before.
		else this.#lock ??= new BoardLock(this.#doc);
		this.#presence.setStage(stage);
	}

	/** Stops listening and resolves when everything that came in is stored, or cannot be. */
	async drain(): Promise<void> {
		for (const connection of this.#connections) connection.stopListening();
		while (this.#working !== undefined) await this.#working;
	}

	/** Ends the room: nobody is connected any more, nothing waits. */
	close(code: CloseCode): void {
		this.#isOver = true;
		clearTimeout(this.#idle);
		this.disconnectAll(code);
		this.#presence.close();
		for (const own of this.#ownEdits) own.close(code);
		this.#inbox = [];
		this.#release(this.#heldBytes);
	}

	/** For a room that nobody is in: makes a last snapshot when it is worth it. */
	async unload(): Promise<void> {
		this.close(CLOSE.tryLater);
		await this.#roomLog.finish(this.#doc);
		this.#doc.destroy();
	}

	/** Until it has answered, what it sends may build on what was dropped while it was a viewer. */
	#askForStep2(connection: Connection): void {
		connection.hasSentStep2 = false;
		connection.send(wireFrame(encodeStep1(Y.encodeStateVector(this.#doc))));
	}

	#isFullFor({ person }: Connection): boolean {
		const { maxConnectionsPerRoom, maxConnectionsPerPerson } = this.#context.limits;
		if (this.#connections.size >= maxConnectionsPerRoom) return true;
		if (this.#connections.size < maxConnectionsPerPerson) return false;
		let own = 0;
		for (const other of this.#connections) if (other.person.id === person.id) own += 1;
		return own >= maxConnectionsPerPerson;
	}

	#receiveUpdate(connection: Connection, update: Uint8Array, isStep2: boolean): void {
		const count = connection.countReceived();
		if (connection.isViewer) return connection.acknowledge(count);
		const checked = checkUpdate(update);
		this.#checkRanges(connection, checked.ranges, update.byteLength);
		this.#hold(memoryOf(update));
		connection.wait(memoryOf(update));
		connection.hasSentStep2 ||= isStep2;
		const isEarly = !connection.hasSentStep2;
		this.#inbox.push({ ...checked, connection, count, update, isStep2, isEarly });
		this.#working ??= this.#work();
	}

	#receiveOwn(own: OwnEdit, made: Uint8Array | null, note: RoomEvent | undefined): void {
		if (this.#isOver) return own.close(CLOSE.tryLater);
		if (made === null && note === undefined) return own.acknowledge();
		const update = made ?? NOTHING;
		const checked = checkUpdate(update);
		this.#hold(memoryOf(update));
		this.#inbox.push({
			...checked,
			connection: own,
			count: 1,
			update,
			isStep2: false,
			isEarly: false,
			note
		});
		this.#working ??= this.#work();
	}

	/** Throws `FrameError` when the room is full or somebody writes in another's name. */
	#checkRanges(connection: Connection, ranges: ClientRange[], size: number): void {
		const bytes = this.#roomLog.documentBytes + this.#heldBytes + size;
		if (ranges.length > 0 && bytes > this.#context.limits.maxDocumentBytes) {
			throw new FrameError('the room is full', CLOSE.tooLarge);
		}
		for (const { client, to } of ranges) {
			const owner = this.#presence.ownerOf(client);
			if (owner === undefined || owner.person.id === connection.person.id) continue;
			if (to <= Y.getState(this.#doc.store, client)) continue;
			throw new FrameError('new content under the id of somebody else', CLOSE.tryLater);
		}
	}

	#hold(bytes: number): void {
		if (!this.#context.writer.hold(bytes)) {
			throw new FrameError('too much waits to be stored', CLOSE.tryLater);
		}
		this.#heldBytes += bytes;
	}

	#release(bytes: number): void {
		this.#context.writer.release(bytes);
		this.#heldBytes -= bytes;
	}

	/** Never rejects. What comes in until the turn begins goes together. */
	async #work(): Promise<void> {
		try {
			while (!this.#isOver && this.#inbox.length > 0) {
				const isBehind = this.#inbox.length > this.#context.limits.maxBatchUpdates;
				await (isBehind ? afterReading() : this.#context.turns.next());
				const batch = this.#inbox.splice(0, this.#context.limits.maxBatchUpdates);
				// Closed meanwhile.
				if (batch.length === 0) break;
				await this.#commit(batch);
			}
		} catch (error) {
			const isGone = error instanceof ImpossibleAppend && error.roomIsGone;
			this.#giveUp(error, isGone ? CLOSE.roomGone : CLOSE.tryLater);
		}
		this.#working = undefined;
	}

	/** Throws when the log will never take it. */
	async #commit(batch: Received[]): Promise<void> {
		this.#gate.close();
		const change = await this.#apply(batch);
		if (change.updates.length > 0) this.#answers.forget();
		if (change.updates.length + change.recorded.length > 0) {
			await this.#roomLog.append(change.updates, change.recorded);
			this.#isRecorded ||= change.recorded.length > 0;
		}
		if (this.#isOver) return;
		for (const { connection, update } of batch) connection.stopWaiting(memoryOf(update));
		this.#release(batch.reduce((sum, { update }) => sum + memoryOf(update), 0));
		this.#deliver(change);
		if (change.updates.length > 0) this.#context.onChanged(this.id);
		this.#context.turns.finished();
		this.#gate.open();
		this.#roomLog.compactWhenLong(this.#doc);
	}

	async #apply(batch: Received[]): Promise<Change> {
		const { limits, load, log } = this.#context;
		try {
			return applyMessages(this.#doc, batch, limits, {
				recorder: this.#recorder,
				lock: this.#lock
			});
		} catch (error) {
			log.warn({ err: error, room: this.id }, 'an update cannot be applied; its sender is closed');
		}
		const stored = await load();
		const { doc, recorder, lock, change } = applyOneByOne(
			() => {
				const doc = documentOf(this.id, stored);
				const lock = this.#lock === null ? null : new BoardLock(doc);
				return { doc, recorder: new Recorder(doc, this.#isRecorded), lock };
			},
			batch,
			limits
		);
		this.#doc.destroy();
		this.#doc = doc;
		this.#recorder = recorder;
		this.#lock = lock;
		this.#gate.replace(doc);
		return change;
	}

	#deliver({ updates, before, author, counts, refused }: Change): void {
		for (const update of updates) {
			const frame = wireFrame(encodeUpdate(update));
			for (const receiver of this.#connections) {
				if (receiver !== author) receiver.sendUpdate(frame, before);
			}
		}
		for (const [connection, count] of counts) connection.acknowledge(count);
		for (const [connection, { closeCode, message }] of refused) {
			connection.close(closeCode, message);
		}
	}

	#answer(connection: Connection, vector: Uint8Array): void {
		checkStateVector(vector);
		connection.countQuestion();
		this.#whenStored((doc) => {
			connection.send(this.#answers.to(vector, doc));
			connection.isSynchronised = true;
		});
	}

	/** `use` that throws ends the room, not the process: its document cannot be read. */
	#whenStored(use: (doc: Y.Doc) => void): void {
		this.#gate.pass((doc) => {
			try {
				use(doc);
			} catch (error) {
				this.#giveUp(error, CLOSE.tryLater);
			}
		});
		if (this.#isOver || !this.#context.writer.storing) this.#serveStored();
	}

	#serveStored(): void {
		this.#gate.serveStored().catch((error: unknown) => {
			this.#context.log.error({ err: error, room: this.id }, 'cannot read what is stored');
		});
	}

	#spread(message: Uint8Array, except: Connection | undefined): void {
		const frame = wireFrame(message);
		for (const connection of this.#connections) {
			if (connection !== except) connection.sendAwareness(frame);
		}
	}

	/** The document in memory is not to be trusted any more; what is stored is as it was. */
	#giveUp(error: unknown, code: CloseCode): void {
		if (this.#isOver) return;
		this.#context.log.error({ err: error, room: this.id }, 'a live room gives itself up');
		this.#gate.close();
		this.close(code);
		this.#serveStored();
		this.#context.onGivenUp(this);
	}

	#awaitIdle(): void {
		this.#idle = setTimeout(() => {
			if (this.#working === undefined) this.#context.onIdle(this);
			else this.#awaitIdle();
		}, this.#context.limits.roomIdleMs);
	}
}
