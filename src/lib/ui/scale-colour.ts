/** The colour of a score on the conflict-cooperation ramp, as a CSS value over the tokens. */
export function scaleColour(score: number): string {
	const place = ((Math.min(100, Math.max(-100, score)) + 100) / 200) * 4;
	const stop = Math.min(3, Math.floor(place));
	const share = Math.round((place - stop) * 100);
	if (share === 0) return `var(--c${stop + 1})`;
	if (share === 100) return `var(--c${stop + 2})`;
	return `color-mix(in oklab, var(--c${stop + 1}), var(--c${stop + 2}) ${share}%)`;
}
