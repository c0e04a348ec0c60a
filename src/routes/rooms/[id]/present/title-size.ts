/**
 * How large a title is set, as a share of the largest: the longer, the smaller, so that all take
 * about the same place; a long word has to fit a line.
 */
export function titleSize(title: string): number {
	const word = Math.max(1, ...title.split(/\s+/).map(({ length }) => length));
	const size = Math.min(1, Math.sqrt(40 / Math.max(1, title.length)), 17 / word);
	return Math.max(0.42, Math.round(size * 100) / 100);
}
