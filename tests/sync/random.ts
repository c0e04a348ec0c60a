/** Seeded random numbers, so that a failure can be repeated from its seed (mulberry32). */
export interface Random {
	/** An integer from 0 up to but not including `below`. */
	below(below: number): number;
	chance(probability: number): boolean;
	pick<T>(from: readonly T[]): T;
}

export function seededRandom(seed: number): Random {
	let state = seed >>> 0;
	const next = () => {
		state = (state + 0x6d2b_79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
	const below = (limit: number) => Math.floor(next() * limit);
	return {
		below,
		chance: (probability) => next() < probability,
		pick: (from) => from[below(from.length)]!
	};
}
