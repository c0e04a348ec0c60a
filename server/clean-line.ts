/** Line breaks, tabs and their kind: a space instead. */
const SPACES = /[\s\u0085]+/gu;
/** Control characters; marks and overrides of writing direction; characters that show nothing. */
const INVISIBLE = /[\p{Cc}\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu;

/** Text that somebody typed as one line, composed (NFC), without what hides or reorders text. */
export function cleanLine(text: string): string {
	return text.toWellFormed().normalize('NFC').replace(SPACES, ' ').replace(INVISIBLE, '').trim();
}
