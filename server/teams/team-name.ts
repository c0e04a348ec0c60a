/** What a team is called: one line of 1 to 80 characters. */
import { cleanLine } from '../clean-line.ts';
import { Refusal } from '../refusal.ts';

/** In code points. */
export const TEAM_NAME_MAX = 80;

/** The name to keep. Throws `team-name-missing` or `team-name-too-long`. */
export function readTeamName(given: string): string {
	const name = cleanLine(given);
	if (!/[\p{L}\p{N}\p{P}\p{S}]/u.test(name)) throw new Refusal('team-name-missing');
	if ([...name].length > TEAM_NAME_MAX) throw new Refusal('team-name-too-long');
	return name;
}
