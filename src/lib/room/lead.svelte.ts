/** What facilitators have the server do with the stage of a room, and the steps that they go through. */
import type { ShowStep } from '#stage/show.ts';
import type { StageState } from '#stage/stage-state.ts';
import { fetchJson } from './fetch-json.ts';

/** As the endpoint of the stage takes it. */
export interface StageChange {
	spotlight?: string;
	locked?: boolean;
	quiet?: boolean;
	message?: string;
	timer?: 'start' | 'pause' | 'resume' | 'add' | 'clear';
	minutes?: number;
	gather?: boolean;
	handsDown?: boolean;
}

export class Lead {
	readonly #address: string;
	/** Null until they are here. */
	#steps = $state.raw<ShowStep[] | null>(null);
	/** What went wrong last, in a sentence. */
	failure = $state<string | null>(null);

	constructor(roomId: string) {
		this.#address = `/api/rooms/${roomId}`;
	}

	get steps(): ShowStep[] | null {
		return this.#steps;
	}

	/** Asks for the run of show; again whenever it may be another. */
	async load(): Promise<void> {
		const answer = await fetchJson(`${this.#address}/show`);
		this.failure = 'failure' in answer ? answer.failure : null;
		if ('value' in answer) this.#steps = (answer.value as { steps: ShowStep[] }).steps;
	}

	set(change: StageChange): Promise<boolean> {
		return this.#post('stage', change);
	}

	/** One step on or back. Pressed twice, or by two at once, it is one step. */
	go({ step }: Pick<StageState, 'step'>, by: 1 | -1): Promise<boolean> {
		const from = step?.place ?? null;
		const to = from === null ? 0 : from + by;
		return this.#post('show/step', { from, to: to < 0 ? null : to });
	}

	open(): Promise<boolean> {
		return this.#post('workshops');
	}

	close(workshop: string): Promise<boolean> {
		return this.#post(`workshops/${workshop}/close`);
	}

	/** Opens a blind round on one card, on the usual terms. */
	ask(card: string): Promise<boolean> {
		return this.#post('rounds', { cards: [card] });
	}

	async #post(what: string, body: object = {}): Promise<boolean> {
		const answer = await fetchJson(`${this.#address}/${what}`, body);
		this.failure = 'failure' in answer ? answer.failure : null;
		return this.failure === null;
	}
}
