import { TITLE_LENGTH } from '#board/limits.ts';
import { cleanLine } from '../clean-line.ts';
import { Refusal } from '../refusal.ts';

/** The title to give a new room, or undefined to keep the template's. Throws `title-too-long`. */
export function readTitle(given: string | undefined): string | undefined {
	const title = cleanLine(given ?? '');
	if (title.length > TITLE_LENGTH) throw new Refusal('title-too-long');
	return title === '' ? undefined : title;
}
