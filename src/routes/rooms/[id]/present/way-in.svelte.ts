/**
 * How people come in, as long as this projector may pass it on: the code of the door that is open,
 * also after doors were closed, opened or renewed.
 */
import { RemoteView } from '$lib/room/remote-view.svelte.ts';
import type { Room } from '$lib/room/room.svelte.ts';
import type { DoorsView } from '../../../../../server/rooms/doors.ts';

export class WayIn {
	readonly #room: Room;
	readonly #origin: URL;
	/** What came with the page. */
	readonly #first: string | null;
	readonly #doors: RemoteView<DoorsView>;

	constructor(room: Room, first: string | null, origin: string) {
		this.#room = room;
		this.#first = first;
		this.#origin = new URL(origin);
		this.#doors = new RemoteView(`/api/rooms/${room.id}/doors`);
	}

	/** The address to type. */
	get host(): string {
		return this.#origin.host;
	}

	/** Null without an open door, and for who may not invite. */
	readonly code: string | null = $derived.by(() => {
		if (!this.#room.mayInvite) return null;
		const { data } = this.#doors;
		if (data === null) return this.#first;
		const now = new Date(this.#room.clock.minute).toISOString();
		return data.doors.find(({ endsAt }) => endsAt > now)?.code ?? null;
	});

	/** What the QR code says. */
	get link(): string | null {
		return this.code === null
			? null
			: `${this.#origin.origin}/j/${this.code}?room=${this.#room.id}`;
	}

	/** For an effect. */
	readonly follow = (): (() => void) | undefined => {
		const { changes } = this.#room.presence;
		return this.#room.mayInvite ? this.#doors.follow(changes) : undefined;
	};
}
