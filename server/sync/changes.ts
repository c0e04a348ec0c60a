/**
 * Numbers the changes of who may do what in a room. Looking that up takes a while; what was looked
 * up before a change is never applied after it.
 */
export class Changes {
	#last = 0;
	#everywhere = 0;
	readonly #inRoom = new Map<string, number>();

	/** Something has changed in a room, or for somebody who may be in any. */
	note(roomId: string | undefined): void {
		this.#last += 1;
		if (roomId === undefined) this.#everywhere = this.#last;
		else this.#inRoom.set(roomId, this.#last);
	}

	/** Differs from what it was before a change that concerns the room. */
	of(roomId: string): number {
		return Math.max(this.#everywhere, this.#inRoom.get(roomId) ?? 0);
	}

	/** Looks up again until nothing has changed meanwhile, and applies that at once. */
	async settle<T>(
		roomId: string,
		lookUp: () => Promise<T>,
		apply: (found: T) => void
	): Promise<void> {
		for (;;) {
			const seen = this.of(roomId);
			const found = await lookUp();
			if (seen === this.of(roomId)) return apply(found);
		}
	}

	/** For a room that has left memory long after its last change. */
	forget(roomId: string): void {
		this.#inRoom.delete(roomId);
	}
}
