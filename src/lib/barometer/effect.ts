/** How far one step moves the reading, without which card did it: `change` says that. */
import type { Board } from '#board/board.ts';
import { average, standings } from './standing.ts';

/**
 * Points by which the step from `before` to `after` moves the needle: what a drop announces. null
 * when there is no reading before or after.
 */
export function effect(before: Board, after: Board): number | null {
	const from = average(standings(before));
	const to = average(standings(after));
	return from === null || to === null ? null : to - from;
}
