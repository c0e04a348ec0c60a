/**
 * What a person is called: one line of 1 to 60 characters that shows as it was typed. Other people
 * see it beside other text, so nothing in it may hide, reorder or break that text.
 */
import { Refusal } from '../refusal.ts';
import { cleanLine } from '../clean-line.ts';

/** In code points. */
export const NAME_MAX = 60;

/** The name to keep. Throws `name-missing` or `name-too-long`. */
export function readName(given: string | undefined): string {
	const name = cleanLine(given ?? '');
	if (!/[\p{L}\p{N}\p{P}\p{S}]/u.test(name)) throw new Refusal('name-missing');
	if ([...name].length > NAME_MAX) throw new Refusal('name-too-long');
	return name;
}
