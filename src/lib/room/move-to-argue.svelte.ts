/**
 * The last move of this person, while they are asked why: the offer goes by itself, stays while
 * somebody is about to use it, and outlives what others do meanwhile.
 */
import { fetchJson } from './fetch-json.ts';
import type { OwnMove, Room } from './room.svelte.ts';

/** How long the offer stands, in milliseconds. */
const OFFERED_MS = 12_000;

export class MoveToArgue {
	readonly #room: Room;
	/** What is being argued: later moves do not take its place. */
	#argued = $state.raw<OwnMove | null>(null);
	#timer: ReturnType<typeof setTimeout> | undefined;

	constructor(room: Room) {
		this.#room = room;
	}

	get latest(): OwnMove | null {
		return this.#argued ?? this.#room.lastMove ?? null;
	}

	get isArguing(): boolean {
		return this.#argued !== null;
	}

	begin(): void {
		this.hold();
		this.#argued = this.latest;
	}

	/** Keeps the offer while somebody is about to use it. */
	hold(): void {
		clearTimeout(this.#timer);
	}

	/** Lets it go again after a while, unless something is being said. */
	release(): void {
		this.hold();
		if (!this.isArguing) this.#timer = setTimeout(() => this.dismiss(), OFFERED_MS);
	}

	dismiss(): void {
		this.hold();
		this.#argued = null;
		this.#room.lastMove = null;
	}

	/** Sends why; else what is wrong, in a sentence. */
	async argue(reason: string, source: string): Promise<string | null> {
		if (this.#argued === null) return null;
		const { card, column } = this.#argued;
		const body = { card, column, reason, source };
		const answer = await fetchJson(`/api/rooms/${this.#room.id}/reasons`, body);
		return 'failure' in answer ? answer.failure : null;
	}
}
