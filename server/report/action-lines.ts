/** What facilitators write down to be done: a line each. */
import { cleanLine } from '../clean-line.ts';
import { Refusal } from '../refusal.ts';

export const ACTIONS_MAX = 50;
/** In UTF-16 code units. */
export const ACTION_LENGTH = 240;

/** Empty lines are left out. Throws `too-many-lines` or `line-too-long`. */
export function readActions(text: string): string[] {
	const lines = text
		.split(/\r\n|\r|\n/)
		.map(cleanLine)
		.filter((line) => line !== '');
	if (lines.length > ACTIONS_MAX) throw new Refusal('too-many-lines');
	if (lines.some((line) => line.length > ACTION_LENGTH)) throw new Refusal('line-too-long');
	return lines;
}
