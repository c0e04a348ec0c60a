/**
 * What the projector was told of its room. While the connection is lost it goes on showing that, so
 * that a hall sees no more of it than a small mark.
 */
import type { Room } from '$lib/room/room.svelte.ts';
import { screenOf, type Screen } from '#stage/screen.ts';
import { EMPTY_STAGE, type StageState } from '#stage/stage-state.ts';
import type { Role } from '#sync/people.ts';

export class Projection {
	readonly #room: Room;
	#lastStage: StageState | null = null;
	#lastRoles: Role[] = [];

	constructor(room: Room) {
		this.#room = room;
	}

	/** Null until the server has told it for the first time. */
	readonly stage: StageState | null = $derived.by(() => {
		const { stage } = this.#room.presence;
		if (stage !== EMPTY_STAGE) this.#lastStage = stage;
		return this.#lastStage;
	});

	readonly screen: Screen | null = $derived.by(() =>
		this.stage === null ? null : screenOf(this.stage, this.#room.board)
	);

	/** A projector that may only look is nobody to be counted. */
	readonly #roles: Role[] = $derived.by(() => {
		const { people, stage } = this.#room.presence;
		const counted = people.filter(({ self, role }) => !self || role !== 'viewer');
		if (stage !== EMPTY_STAGE) this.#lastRoles = counted.map(({ role }) => role);
		return this.#lastRoles;
	});

	get here(): number {
		return this.#roles.length;
	}

	/** How many of those who are here may answer in a round. */
	get mayAnswer(): number {
		return this.#roles.filter((role) => role !== 'viewer').length;
	}

	readonly isLost: boolean = $derived.by(() => this.#room.saveState === 'offline');
}
