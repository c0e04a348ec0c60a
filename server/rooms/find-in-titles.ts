/** Finding rooms by words of their titles, whatever the case and the accents. */
import { cleanLine } from '../clean-line.ts';

const QUERY_MAX = 200;

/** The query as it is shown and used. */
export function readQuery(given: string): string {
	return cleanLine(given.slice(0, QUERY_MAX));
}

/** Those whose title has every word of `query`; all of them for an empty one. */
export function findInTitles<T extends { title: string }>(items: readonly T[], query: string): T[] {
	const words = fold(query).split(' ').filter(Boolean);
	return items.filter(({ title }) => {
		const folded = fold(title);
		return words.every((word) => folded.includes(word));
	});
}

function fold(text: string): string {
	return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}
