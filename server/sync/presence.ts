/**
 * Who is in a room and what they are doing. A connection may speak for one client id: the first
 * one that it claims and that is nobody else's. What it says about others (the stock provider
 * echoes all it hears) is skipped by its id, unread. Who a client id is, only the server says, in
 * an awareness state of its own. Changes are gathered into one frame a tick, newest states only;
 * states stay bytes.
 */
import { CLOSE } from '#sync/close-codes.ts';
import {
	SERVER_CLIENT_ID,
	type PublicPerson,
	type ServerState,
	type SetHand
} from '#sync/people.ts';
import { PROGRESS_CLIENT_ID, progressOf } from '#stage/progress.ts';
import { STAGE_CLIENT_ID, type StageState } from '#stage/stage-state.ts';
import {
	cursorOver,
	expectEnd,
	FrameError,
	readBytes,
	readCount,
	readUint,
	skipBytes
} from './cursor.ts';
import type { Limits } from './limits.ts';
import { encodeAwareness, type WireState } from './protocol.ts';

/** What presence needs of a connection. */
export interface Participant {
	readonly person: PublicPerson;
	/** Called when a newer connection of the same person speaks for the same client id. */
	superseded(): void;
}

/** Sends a message to everybody but `except`, whose own state is all there is in it. */
export type Publish<P> = (message: Uint8Array, except: P | undefined) => void;

interface Present<P> extends WireState {
	owner: P;
	/**
	 * Added to the client's own clock. Awareness ignores clocks that it has seen, and a client that
	 * returns goes on with the clock that everybody has already seen it leave with.
	 */
	offset: number;
}

/** A client id of somebody who left. */
interface Reserved {
	personId: string;
	clock: number;
	until: number;
}

/** Nobody else speaks under these. */
const SERVER_CLIENT_IDS = [SERVER_CLIENT_ID, STAGE_CLIENT_ID, PROGRESS_CLIENT_ID];

const GONE = new TextEncoder().encode('null');

export class Presence<P extends Participant> {
	readonly #publish: Publish<P>;
	readonly #limits: Limits;
	readonly #present = new Map<number, Present<P>>();
	readonly #byOwner = new Map<P, Present<P>>();
	readonly #reserved = new Map<number, Reserved>();
	readonly #changed = new Map<number, { state: WireState; owner: P | undefined }>();
	readonly #renewal: NodeJS.Timeout;
	#tick: NodeJS.Timeout | undefined;
	/**
	 * From the time of day, in milliseconds: it must be above what anybody has seen from this room
	 * before a restart, and it rises by less than one a millisecond.
	 */
	#serverClock = Date.now();
	#waiting = 0;
	#hand: SetHand | null = null;
	#stage: WireState | undefined;
	/** The same as JSON, whole and without how far its round is. */
	#stageAsTold = { whole: '', still: '' };
	/** From the time of day too: it must not come to a number again after the room left memory. */
	#changes = Date.now();
	/** The server's own state is to be sent. */
	#directoryIsStale = false;
	/** When it was sent last: it names everybody, so the more there are, the rarer it is sent. */
	#directorySentAt = Number.NEGATIVE_INFINITY;

	constructor(publish: Publish<P>, limits: Limits) {
		this.#publish = publish;
		this.#limits = limits;
		this.#renewal = setInterval(() => this.#renew(), limits.awarenessRenewMs);
	}

	/** The connection that speaks for a client id now. */
	ownerOf(clientId: number): P | undefined {
		return this.#present.get(clientId)?.owner;
	}

	/** Client ids of people gone that are still kept for them. */
	get reservedCount(): number {
		return this.#reserved.size;
	}

	/** A message with the server's state and everybody's. */
	encodeAll(): Uint8Array {
		const stage = this.#stage === undefined ? [] : [this.#stage];
		return encodeAwareness([this.#serverState(), ...stage, ...this.#present.values()]);
	}

	/** Takes what a participant says of itself. Throws `FrameError`. */
	receive(participant: P, states: Uint8Array): void {
		const cursor = cursorOver(states);
		for (let left = readCount(cursor, 3); left > 0; left--) {
			const clientId = readUint(cursor);
			const clock = readUint(cursor);
			const own = this.#byOwner.get(participant);
			// Most of what comes is the echo of others: nothing is made of it.
			if (own !== undefined && own.clientId !== clientId) skipBytes(cursor, readCount(cursor, 1));
			else this.#take(participant, own, clientId, clock, readBytes(cursor));
		}
		expectEnd(cursor);
	}

	/** Somebody's name or role is another: the directory is to say so. */
	peopleChanged(): void {
		this.#changes += 1;
		this.#directoryChanged();
	}

	/** How many wait to be let in. */
	setWaiting(count: number): void {
		this.#waiting = count;
		this.peopleChanged();
	}

	/** Where the set hand points from now on. */
	setHand(hand: SetHand | null): void {
		this.#hand = hand;
		this.#directoryChanged();
	}

	/**
	 * What everybody looks at together from now on. Where only the round is further, those who are
	 * here are told that alone.
	 */
	setStage(stage: StageState): void {
		const before = this.#stageAsTold;
		const whole = JSON.stringify(stage);
		if (whole === before.whole) return;
		const still = JSON.stringify(stage, (key, value) => (key === 'placed' ? undefined : value));
		this.#stageAsTold = { whole, still };
		this.#stage = this.#ownState(STAGE_CLIENT_ID, whole);
		const progress = progressOf(stage);
		const isFurther = progress !== null && still === before.still;
		const told = isFurther
			? this.#ownState(PROGRESS_CLIENT_ID, JSON.stringify(progress))
			: this.#stage;
		this.#announce(told, undefined);
	}

	leave(participant: P): void {
		const own = this.#byOwner.get(participant);
		if (own !== undefined) this.#remove(own);
	}

	/** Ends the timers. */
	close(): void {
		clearInterval(this.#renewal);
		clearTimeout(this.#tick);
	}

	#take(
		participant: P,
		own: Present<P> | undefined,
		clientId: number,
		clock: number,
		json: Uint8Array
	): void {
		if (own !== undefined && clock + own.offset < own.clock) return;
		const isGone = json.length === GONE.length && GONE.every((byte, at) => byte === json[at]);
		if (own === undefined) {
			if (!isGone) this.#claim(participant, clientId, clock, json);
			return;
		}
		if (isGone) return this.#remove(own);
		const rise = clock + own.offset - own.clock;
		if (rise === 0) return;
		if (rise > this.#limits.maxAwarenessRise) throw new FrameError('an awareness clock that jumps');
		this.#checkState(json);
		this.#put({ ...own, clock: clock + own.offset, json: json.slice() });
	}

	#claim(participant: P, clientId: number, clock: number, json: Uint8Array): void {
		if (SERVER_CLIENT_IDS.includes(clientId)) return;
		if (clock > this.#limits.maxAwarenessClock) throw new FrameError('an awareness clock too high');
		const previous = this.#present.get(clientId);
		const reserved = this.#reserved.get(clientId);
		const personId = previous?.owner.person.id ?? reserved?.personId;
		if (personId !== undefined && personId !== participant.person.id) return;
		this.#checkState(json);
		this.#reserved.delete(clientId);
		const lastClock = previous?.clock ?? reserved?.clock ?? -1;
		const offset = Math.max(0, lastClock + 1 - clock);
		this.#put({ owner: participant, clientId, clock: clock + offset, offset, json: json.slice() });
		this.#directoryChanged();
		previous?.owner.superseded();
	}

	#checkState(json: Uint8Array): void {
		if (json.length > this.#limits.maxAwarenessBytes) {
			throw new FrameError('an awareness state too large', CLOSE.tooLarge);
		}
		let state: unknown;
		try {
			state = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(json));
		} catch (cause) {
			throw new FrameError('an awareness state that is not JSON', CLOSE.badFrame, { cause });
		}
		if (typeof state !== 'object' || state === null) {
			throw new FrameError('an awareness state that is no object');
		}
	}

	#put(presence: Present<P>): void {
		const previous = this.#present.get(presence.clientId);
		if (previous !== undefined) this.#byOwner.delete(previous.owner);
		this.#present.set(presence.clientId, presence);
		this.#byOwner.set(presence.owner, presence);
		this.#announce(presence, presence.owner);
	}

	#remove(presence: Present<P>): void {
		this.#present.delete(presence.clientId);
		this.#byOwner.delete(presence.owner);
		const clock = presence.clock + 1;
		this.#reserved.set(presence.clientId, {
			personId: presence.owner.person.id,
			clock,
			until: Date.now() + this.#limits.awarenessReserveMs
		});
		if (this.#reserved.size > this.#limits.maxReservedIds) {
			const [longest] = this.#reserved.keys();
			if (longest !== undefined) this.#reserved.delete(longest);
		}
		this.#announce({ clientId: presence.clientId, clock, json: GONE }, undefined);
		this.#directoryChanged();
	}

	#directoryChanged(): void {
		this.#directoryIsStale = true;
		this.#scheduleFlush();
	}

	#renew(): void {
		const now = Date.now();
		for (const [clientId, { until }] of this.#reserved) {
			if (until < now) this.#reserved.delete(clientId);
		}
		if (this.#stage !== undefined) {
			this.#stage = { ...this.#stage, clock: ++this.#serverClock };
			this.#announce(this.#stage, undefined);
		}
		this.#directoryChanged();
	}

	#serverState(): WireState {
		const people: ServerState['people'] = {};
		for (const { clientId, owner } of this.#present.values()) people[clientId] = owner.person;
		const state: ServerState = {
			people,
			waiting: this.#waiting,
			changes: this.#changes,
			hand: this.#hand
		};
		return this.#ownState(SERVER_CLIENT_ID, JSON.stringify(state));
	}

	#ownState(clientId: number, json: string): WireState {
		return { clientId, clock: ++this.#serverClock, json: new TextEncoder().encode(json) };
	}

	#announce(state: WireState, owner: P | undefined): void {
		this.#changed.set(state.clientId, { state, owner });
		this.#scheduleFlush();
	}

	#scheduleFlush(): void {
		this.#tick ??= setTimeout(() => this.#flush(), this.#limits.awarenessTickMs);
	}

	#flush(): void {
		this.#tick = undefined;
		const changes = [...this.#changed.values()];
		this.#changed.clear();
		const states = changes.map((change) => change.state);
		const withDirectory = this.#directoryIsStale && this.#mayRepeatDirectory();
		if (withDirectory) states.unshift(this.#serverState());
		const onlyOwner = changes.length === 1 && !withDirectory ? changes[0]?.owner : undefined;
		if (states.length > 0) this.#publish(encodeAwareness(states), onlyOwner);
		if (withDirectory) this.#directoryIsStale = false;
		else if (this.#directoryIsStale) this.#scheduleFlush();
	}

	#mayRepeatDirectory(): boolean {
		const now = performance.now();
		const apart = this.#present.size * this.#limits.directoryMsPerPerson;
		if (now - this.#directorySentAt < apart) return false;
		this.#directorySentAt = now;
		return true;
	}
}
