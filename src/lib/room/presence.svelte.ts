/**
 * Who is here and what they are doing. Names, colours and roles come from the server's directory,
 * never from what a client says of itself; a client says only which card it has open or drags.
 */
import { createSubscriber } from 'svelte/reactivity';
import type { Awareness } from 'y-protocols/awareness';
import type { RoundState } from '../rounds/round-state.ts';
import { PROGRESS_CLIENT_ID, withProgress, type RoundProgress } from '../stage/progress.ts';
import { EMPTY_STAGE, isSet, STAGE_CLIENT_ID, type StageState } from '../stage/stage-state.ts';
import {
	SERVER_CLIENT_ID,
	type PublicPerson,
	type ServerState,
	type SetHand
} from '#sync/people.ts';

/** What a client says of its own doing. */
export interface Activity {
	/** Id of the card whose sheet is open. */
	editing?: string | undefined;
	/** Id of the card being dragged. */
	dragging?: string | undefined;
	/** When a hand was raised, as ISO time, and how often all had been lowered by then. */
	hand?: { at: string; down: number } | undefined;
	/** What somebody is ready with: a `readyKey`. */
	ready?: string | undefined;
}

export interface Participant extends PublicPerson {
	/** All the client ids (tabs) of the person. */
	clients: number[];
	self: boolean;
	activities: Activity[];
}

export class Presence {
	readonly #awareness: Awareness | undefined;
	readonly #self: PublicPerson;
	readonly #subscribe: () => void;
	/** What was made last of what the server says of the stage: the same until it says something else. */
	#staged: { of: readonly unknown[]; stage: StageState } = { of: [], stage: EMPTY_STAGE };
	#hand: SetHand | null | undefined;

	/** Without `awareness` (on the server) only oneself is here. */
	constructor(awareness: Awareness | undefined, self: PublicPerson) {
		this.#awareness = awareness;
		this.#self = self;
		this.#subscribe = createSubscriber((update) => {
			awareness?.on('change', update);
			return () => awareness?.off('change', update);
		});
	}

	/** Everybody who is connected, oneself first, then by name. One entry a person. */
	get people(): Participant[] {
		this.#subscribe();
		const byId = new Map<string, Participant>();
		byId.set(this.#self.id, { ...this.#self, clients: [], self: true, activities: [] });
		for (const [client, person] of Object.entries(this.#directory())) {
			const nobody = { ...person, clients: [], self: false, activities: [] };
			// What the server says now counts, also of oneself.
			const entry: Participant = { ...(byId.get(person.id) ?? nobody), ...person };
			entry.clients.push(Number(client));
			entry.activities.push(activityOf(this.#awareness?.getStates().get(Number(client))));
			byId.set(person.id, entry);
		}
		const [self, ...others] = byId.values();
		return [
			...(self ? [self] : []),
			...others.sort((a, b) => a.name.localeCompare(b.name) || a.id.localeCompare(b.id))
		];
	}

	/** Somebody else who has this card open or drags it; nobody while all that is to be hidden. */
	busyWith(cardId: string): { person: Participant; doing: 'editing' | 'moving' } | null {
		if (this.stage.isQuiet) return null;
		for (const person of this.people) {
			if (person.self) continue;
			for (const activity of person.activities) {
				if (activity.dragging === cardId) return { person, doing: 'moving' };
				if (activity.editing === cardId) return { person, doing: 'editing' };
			}
		}
		return null;
	}

	/** Tells the others what this page is doing. */
	share(activity: Activity): void {
		this.#awareness?.setLocalState({ ...this.#awareness.getLocalState(), ...activity });
	}

	/** How many guests wait to be let in. */
	get waiting(): number {
		this.#subscribe();
		return this.#server()?.waiting ?? 0;
	}

	/** Differs after every change of who is what in the room, or of its doors. */
	get changes(): number {
		this.#subscribe();
		return this.#server()?.changes ?? 0;
	}

	/** Where the set hand points, as the server said last; undefined until it has. */
	get hand(): SetHand | null | undefined {
		this.#subscribe();
		const server = this.#server();
		return (this.#hand = server ? server.hand : this.#hand);
	}

	/** What everybody looks at together; without a connection what it was last. */
	get stage(): StageState {
		this.#subscribe();
		const states = this.#awareness?.getStates();
		const stage = states?.get(STAGE_CLIENT_ID) as StageState | undefined;
		const progress = states?.get(PROGRESS_CLIENT_ID) as RoundProgress | undefined;
		const { of } = this.#staged;
		if (stage !== undefined && (of[0] !== stage || of[1] !== progress)) {
			this.#staged = { of: [stage, progress], stage: withProgress(stage, progress) };
		}
		return this.#staged.stage;
	}

	/** The stage has something to show beside the board. */
	get isStaged(): boolean {
		return isSet(this.stage);
	}

	/** The blind round that is open or shown. */
	get round(): RoundState | null {
		return this.stage.round;
	}

	#directory(): ServerState['people'] {
		return this.#server()?.people ?? {};
	}

	#server(): ServerState | undefined {
		return this.#awareness?.getStates().get(SERVER_CLIENT_ID) as ServerState | undefined;
	}
}

function activityOf(state: unknown): Activity {
	if (typeof state !== 'object' || state === null) return {};
	const { editing, dragging, hand, ready } = state as Record<string, unknown>;
	return {
		editing: typeof editing === 'string' ? editing : undefined,
		dragging: typeof dragging === 'string' ? dragging : undefined,
		hand: isHand(hand) ? hand : undefined,
		ready: typeof ready === 'string' ? ready : undefined
	};
}

function isHand(value: unknown): value is Activity['hand'] {
	const { at, down } = (value ?? {}) as Record<string, unknown>;
	return typeof at === 'string' && typeof down === 'number';
}
