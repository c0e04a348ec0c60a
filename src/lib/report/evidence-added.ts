/** The evidence that a workshop brought, as it stands at its end; what was taken away again is left out. */
import type { Evidence } from '#board/board.ts';
import type { RecordedBoard } from '../history/recorded-board.ts';
import type { Naming } from './naming.ts';
import type { ReportRow } from './period.ts';
import { EVIDENCE_KEPT, type ReportEvidence } from './report.ts';

type Added = { evidence: ReportEvidence<number | null>[]; leftOut: number };

/** Of too much the last. */
export function evidenceIn(rows: readonly ReportRow[], end: RecordedBoard, naming: Naming): Added {
	const kept = new Map(end.cards.map(({ id, evidence }) => [id, evidence]));
	const added = new Map<string, { row: ReportRow; card: string; entry: Evidence }>();
	for (const row of rows) {
		if (row.event.kind !== 'evidence.added') continue;
		const { subject: card, became } = row.event;
		const entry = kept.get(card)?.find(({ id }) => id === became.evidence?.id);
		// Taken away and brought back it is told once.
		if (entry !== undefined) added.set(`${card} ${entry.id}`, { row, card, entry });
	}
	return {
		evidence: [...added.values()].slice(-EVIDENCE_KEPT).map(({ row, card, entry }) => ({
			card: naming.card(card),
			at: row.at,
			by: naming.person(row.personId),
			what: entry.what,
			date: entry.date,
			direction: entry.direction,
			reliability: entry.reliability,
			url: entry.url ?? null,
			source: entry.source ?? null
		})),
		leftOut: Math.max(0, added.size - EVIDENCE_KEPT)
	};
}
