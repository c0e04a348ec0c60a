/**
 * The round of this room as this person sees it: what they answered, and what only they are shown.
 * Everybody is told of the round itself by the stage; the rest is asked for here.
 */
import type { OwnRound, PlacementView, RoundState } from '../rounds/round-state.ts';
import { fetchJson } from './fetch-json.ts';

export class OwnRoundView {
	readonly #address: string;
	#own = $state.raw<OwnRound | null>(null);
	/** What was answered here, before the server is asked again. By card. */
	#given = $state<Record<string, PlacementView>>({});
	/** What went wrong last, in a sentence. */
	failure = $state<string | null>(null);

	constructor(roomId: string, roundId: string) {
		this.#address = `/api/rooms/${roomId}/rounds/${roundId}`;
	}

	mine(card: string): PlacementView | undefined {
		return this.#given[card] ?? this.#own?.mine[card];
	}

	/** Of the round before, when this one repeats it. */
	get earlier(): OwnRound['earlier'] {
		return this.#own?.earlier ?? null;
	}

	/** This person placed it far from the others. */
	isFarOut(card: string): boolean {
		return this.#own?.farOut.includes(card) ?? false;
	}

	reasons(card: string): OwnRound['reasons'] {
		return this.#own?.reasons.filter((each) => each.card === card) ?? [];
	}

	/** Asks the server; again whenever the round is in another state. */
	async load(): Promise<void> {
		const answer = await fetchJson(this.#address);
		if ('value' in answer) this.#own = answer.value as OwnRound;
		else this.failure = answer.failure;
	}

	/** Answers for a card; what was there before stands again when it is not taken. */
	async place(card: string, answer: PlacementView): Promise<boolean> {
		const before = this.mine(card);
		this.#given[card] = answer;
		const { column, confidence, reason } = answer;
		const ok = await this.#post('placements', { card, column, confidence, reason });
		if (ok) return true;
		if (before === undefined) delete this.#given[card];
		else this.#given[card] = before;
		return false;
	}

	reveal = () => this.#post('reveal');
	end = () => this.#post('end');

	decide(card: string, how: string, column?: string): Promise<boolean> {
		return this.#post('decisions', { card, how, column });
	}

	async #post(what: string, body: object = {}): Promise<boolean> {
		const answer = await fetchJson(`${this.#address}/${what}`, body);
		this.failure = 'failure' in answer ? answer.failure : null;
		return this.failure === null;
	}
}

/** Opens a round; else what is wrong, in a sentence. */
export async function openRound(
	roomId: string,
	input: { cards: string[] } & Partial<Pick<RoundState, 'ends' | 'least' | 'consensus'>> & {
			named?: boolean;
			minutes?: number;
			repeats?: string;
		}
): Promise<string | null> {
	const answer = await fetchJson(`/api/rooms/${roomId}/rounds`, input);
	return 'failure' in answer ? answer.failure : null;
}
