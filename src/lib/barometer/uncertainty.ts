/**
 * How far a card's placement may be off on its own account, in points: small when confidence is
 * high and the review is fresh, growing with age, never beyond a cap.
 */
import type { Confidence } from '#board/board.ts';

/** Days after which the variance of an own uncertainty has doubled, unless the room says otherwise. */
export const HALF_LIFE_DAYS = 30;

/** Points; a uniform guess over the whole scale would be 58. */
export const UNCERTAINTY_CAP = 60;

/** `q`, in points, of a card reviewed just now. Unset confidence counts as low. */
export const BASE_UNCERTAINTY: Record<Confidence, number> = { high: 12, moderate: 28, low: 45 };

/** All in points; `base^2 + ageing^2 = total^2`. */
export interface OwnUncertainty {
	/** `q`: what thin evidence accounts for. */
	base: number;
	/**
	 * What age has added. The remainder in quadrature, not the difference `u - q`: independent
	 * errors add as squares, and so do the causes of the range.
	 */
	ageing: number;
	/** `u_i`, 12 to 60. */
	total: number;
}

/**
 * `u_i = q * 2^(age / (2H))`, capped. A card that was never reviewed (`ageDays` null) has an
 * unknown age and stands at the cap: nothing younger may be imputed.
 */
export function ownUncertainty(
	confidence: Confidence | undefined,
	ageDays: number | null,
	halfLifeDays: number = HALF_LIFE_DAYS
): OwnUncertainty {
	const base = BASE_UNCERTAINTY[confidence ?? 'low'];
	const total = Math.min(base * 2 ** ((ageDays ?? Infinity) / (2 * halfLifeDays)), UNCERTAINTY_CAP);
	return { base, ageing: Math.sqrt(total ** 2 - base ** 2), total };
}
