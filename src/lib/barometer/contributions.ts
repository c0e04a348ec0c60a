/** What each card brings to the reading; the contributions add up to it. */
import { byMagnitude } from './arithmetic.ts';
import { counted } from './standing.ts';
import type { Standing } from './standing.ts';

export interface Contribution {
	/** Id of the card. */
	card: string;
	/** Its share of the weight, above 0 to 1. */
	share: number;
	/** Its place on the scale, -100 to +100. */
	position: number;
	/** `share_i * v_i`, in points. */
	value: number;
}

/** One for each card that carries weight, largest magnitude first, ties by card id. */
export function contributions(all: readonly Standing[]): Contribution[] {
	return counted(all)
		.map(({ card, share, position }) => {
			return { card: card.id, share, position, value: share * position };
		})
		.sort(byMagnitude((one) => one.value));
}
