/** The first letters of somebody's first and last name, in capitals. */
export function initials(name: string): string {
	const words = name.split(/\s+/u).filter(Boolean);
	const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
	return letters.map((word) => Array.from(word ?? '?')[0]?.toLocaleUpperCase()).join('');
}
