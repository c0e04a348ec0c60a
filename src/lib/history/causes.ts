/** What moved the needle last, from the newest page of the record. */
import type { HistoryEntry } from '../../../server/history/history.ts';
import type { HistoryKind } from './board-event.ts';

export interface Cause {
	/** The newest entry of what happened at once. */
	entry: HistoryEntry;
	/** How many more happened in the same moment. */
	others: number;
	/** Points by which all of it moved the reading; null when there was none before or after. */
	effect: number | null;
}

const CAUSES: ReadonlySet<HistoryKind> = new Set([
	'card.added',
	'card.gone',
	'card.moved',
	'card.shifted',
	'card.weighed',
	'card.archived',
	'card.restored',
	'column'
]);

/**
 * At most `count`, newest first. `entries`: newest first without gaps. The reading is recorded once
 * for all that happens at once, so that is one cause. What moved nothing is left out, except a
 * move.
 */
export function lastCauses(entries: readonly HistoryEntry[], count: number): Cause[] {
	const causes: Cause[] = [];
	for (let first = 0; first < entries.length && causes.length < count;) {
		const at = entries[first]!.at;
		let end = first + 1;
		while (entries[end]?.at === at) end += 1;
		const before = entries[end];
		// What was before the oldest is not known here.
		if (before === undefined) break;
		const cause = causeOf(entries.slice(first, end), before);
		if (cause !== null) causes.push(cause);
		first = end;
	}
	return causes;
}

function causeOf(batch: readonly HistoryEntry[], before: HistoryEntry): Cause | null {
	const happened = batch.filter(({ kind }) => CAUSES.has(kind));
	const entry = happened.find(({ kind }) => kind === 'card.moved') ?? happened[0];
	if (entry === undefined) return null;
	const [from, to] = [before.reading.value, entry.reading.value];
	const effect = from === null || to === null ? null : to - from;
	if (effect === 0 && entry.kind !== 'card.moved') return null;
	return { entry, others: happened.length - 1, effect };
}
