/** Line breaks, tabs and their kind: a space instead. */
const SPACES = /[\s\u0085]+/gu;
/**
 * Control characters, overrides of writing direction, and whatever shows nothing, Hangul fillers
 * and the empty Braille cell included. Joiners and variation selectors stay: scripts and emoji
 * need them.
 */
const INVISIBLE =
	/[[\p{Cc}\p{Default_Ignorable_Code_Point}\u2800\ufff9-\ufffb]--[\p{Join_Control}\p{Variation_Selector}]]/gv;
/** More marks on one letter than any script has: they would run over the lines above and below. */
const HEAPED_MARKS = /(\p{M}{6})\p{M}+/gu;

/** Text that somebody typed as one line, composed (NFC), without what hides or reorders text. */
export function cleanLine(text: string): string {
	return text
		.toWellFormed()
		.normalize('NFC')
		.replace(SPACES, ' ')
		.replace(INVISIBLE, '')
		.replace(HEAPED_MARKS, '$1')
		.trim();
}
