/** What happened between two states of a board, as events: folding them onto the first gives the second. */
import type { Evidence } from '#board/board.ts';
import type { BoardEvent, CardKind, CardPatch } from './board-event.ts';
import type { RecordedBoard, RecordedCard } from './recorded-board.ts';

/**
 * In the order of columns, themes, cards. Values that are the same object are not looked into, so
 * that a reader which keeps what did not change makes this cheap.
 */
export function changesBetween(before: RecordedBoard, after: RecordedBoard): BoardEvent[] {
	const columns = pairs(before.columns, after.columns).map(
		([subject, was, became]): BoardEvent => ({ kind: 'column', subject, was, became })
	);
	const themes = pairs(before.themes, after.themes).map(([subject, was, became]): BoardEvent => ({
		kind: 'theme',
		subject,
		was,
		became
	}));
	const known = new Set(before.columns.map(({ id }) => id));
	const kept = new Set(after.columns.filter(({ id }) => known.has(id)).map(({ id }) => id));
	const cards = pairs(before.cards, after.cards).flatMap(([subject, was, became]): BoardEvent[] => {
		if (was === null) return [{ kind: 'card.added', subject, was, became: became! }];
		if (became === null) return [{ kind: 'card.gone', subject, was, became }];
		return cardChanges(was, became, kept);
	});
	return [...columns, ...themes, ...cards];
}

/** What differs, by id; null on the side where there is none. */
function pairs<T extends { id: string }>(
	before: readonly T[],
	after: readonly T[]
): [id: string, was: T | null, became: T | null][] {
	if (before === after) return [];
	const earlier = new Map(before.map((each) => [each.id, each]));
	const differing: [string, T | null, T | null][] = [];
	for (const became of after) {
		const was = earlier.get(became.id) ?? null;
		earlier.delete(became.id);
		if (was === null || !isSame(was, became)) differing.push([became.id, was, became]);
	}
	for (const [id, was] of earlier) differing.push([id, was, null]);
	return differing;
}

/** Fields that are recorded one by one, and as what. */
const FIELDS = [
	['weight', 'card.weighed'],
	['confidence', 'card.confidence'],
	['theme', 'card.theme'],
	['spread', 'card.spread']
] as const satisfies [keyof CardPatch & keyof RecordedCard, CardKind][];

function cardChanges(
	was: RecordedCard,
	became: RecordedCard,
	keptColumns: ReadonlySet<string>
): BoardEvent[] {
	const changes: { kind: CardKind; was: CardPatch; became: CardPatch }[] = [];
	const isReviewed = was.reviewed !== became.reviewed;
	const review = (card: RecordedCard): CardPatch =>
		isReviewed ? { reviewed: card.reviewed ?? null } : {};

	if (was.column !== became.column) {
		const isChosen = isReviewed || [was, became].every(({ column }) => keptColumns.has(column));
		const kind = isChosen ? 'card.moved' : 'card.shifted';
		changes.push({ kind, was: { column: was.column }, became: { column: became.column } });
	}
	for (const [, earlier, later] of pairs<Evidence>(was.evidence, became.evidence)) {
		const kind =
			earlier === null
				? 'evidence.added'
				: later === null
					? 'evidence.removed'
					: 'evidence.changed';
		changes.push({ kind, was: { evidence: earlier }, became: { evidence: later } });
	}
	if (isReviewed) {
		// A move, and new evidence, are the review.
		const cause = changes.find(({ kind }) => kind === 'card.moved' || kind === 'evidence.added');
		if (cause === undefined) {
			changes.push({ kind: 'card.reviewed', was: review(was), became: review(became) });
		} else {
			Object.assign(cause.was, review(was));
			Object.assign(cause.became, review(became));
		}
	}
	for (const [field, kind] of FIELDS) {
		if (was[field] === became[field]) continue;
		const patch = (card: RecordedCard): CardPatch => ({ [field]: card[field] ?? null });
		changes.push({ kind, was: patch(was), became: patch(became) });
	}
	if (was.archived !== became.archived) {
		const kind = became.archived ? 'card.archived' : 'card.restored';
		const patch = ({ archived }: RecordedCard): CardPatch => ({ archived });
		changes.push({ kind, was: patch(was), became: patch(became) });
	}
	return changes.map((change) => ({ ...change, subject: became.id }));
}

/** Plain values that were read by the same code: their fields come in the same order. */
function isSame(one: object, other: object): boolean {
	return one === other || JSON.stringify(one) === JSON.stringify(other);
}
