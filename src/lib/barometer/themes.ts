/** The reading of each theme's cards alone. */
import type { Board } from '#board/board.ts';
import { clamp, sum } from './arithmetic.ts';
import { average } from './standing.ts';
import type { Standing } from './standing.ts';

export interface ThemeReading {
	/** Id of the theme; null for the cards without one (or with one that the board lacks). */
	theme: string | null;
	/** The theme's share of the weight, 0 to 1. */
	share: number;
	/** `B` over the theme's cards alone, in points; null when all of them are only watched. */
	value: number | null;
}

/**
 * One for each theme that has a card, in the board's order, cards without a theme last. A theme
 * whose cards are all watched is listed too, with no value: watched is not absent.
 */
export function themeReadings(board: Board, all: readonly Standing[]): ThemeReading[] {
	const known: (string | null)[] = board.themes.map(({ id }) => id);
	const cards = new Map<string | null, Standing[]>([...known, null].map((id) => [id, []]));
	for (const standing of all) {
		const theme = cards.get(standing.card.theme ?? null) ?? cards.get(null);
		theme?.push(standing);
	}
	return [...cards]
		.filter(([, standings]) => standings.length > 0)
		.map(([theme, standings]) => ({
			theme,
			share: clamp(
				sum(standings, ({ share }) => share),
				0,
				1
			),
			value: average(standings)
		}));
}
