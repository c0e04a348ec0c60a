/**
 * Figures as they are printed: a true minus sign (U+2212), an explicit plus, no sign at zero and
 * never "−0". Halves are rounded away from zero, so that +x and −x print the same digits.
 */

const MINUS = '\u2212';

/** `+25`, `−7.4`, `0`; what rounds to zero has no sign. `digits` after the point, 0 to 20. */
export function signed(value: number, digits = 0): string {
	// Number.toFixed settles a tie upwards, which for a magnitude is away from zero.
	const figure = Math.abs(value).toFixed(digits);
	if (Number(figure) === 0) return figure;
	return (value < 0 ? MINUS : '+') + figure;
}

/** A share of 0 to 1 as whole per cent, never more than it is: 0.499 is `49%`, not yet a half. */
export function percentReached(share: number): string {
	// What rounding has taken from a whole number, as from 100 * 0.58, is not missing.
	return `${Math.floor(share * 100 + 1e-9)}%`;
}

/** A share of 0 to 1 as whole per cent: `62%`. */
export function percent(share: number): string {
	return `${(share * 100).toFixed(0)}%`;
}
