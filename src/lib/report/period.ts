/** What of a room's record is of one workshop. */
import type { HistoryEvent } from '../history/board-event.ts';
import type { ReportReading } from './report.ts';

/** A row of the record. */
export interface ReportRow {
	seq: number;
	at: string;
	personId: string | null;
	event: HistoryEvent;
	reason: string | null;
	source: string | null;
	/** After it. */
	reading: ReportReading;
}

export interface ReportedWorkshop {
	id: string;
	number: number;
	openedAt: string;
	/** Null while it is open. */
	closedAt: string | null;
}

export interface Period {
	/** Up to the row of the opening. */
	before: readonly ReportRow[];
	/** The row of the opening. */
	opened: ReportRow | null;
	/** After the opening, up to the row of the closing or to the end. */
	during: readonly ReportRow[];
	closed: ReportRow | null;
}

/** `rows` oldest first. A workshop without a row of its opening or closing begins or ends at its time. */
export function periodOf(rows: readonly ReportRow[], workshop: ReportedWorkshop): Period {
	const opening = rows.findIndex((row) => isOf(row, workshop.id, 'opened'));
	const later = rows.findIndex(({ at }) => at > workshop.openedAt);
	const start = opening >= 0 ? opening + 1 : later >= 0 ? later : rows.length;
	const closing = rows.findIndex((row) => isOf(row, workshop.id, 'closed'));
	return {
		before: rows.slice(0, start),
		opened: rows[opening] ?? null,
		during: rows.slice(start, closing >= 0 ? closing : endOf(rows, workshop)),
		closed: rows[closing] ?? null
	};
}

function endOf(rows: readonly ReportRow[], { closedAt }: ReportedWorkshop): number {
	const later = closedAt === null ? -1 : rows.findIndex(({ at }) => at > closedAt);
	return later >= 0 ? later : rows.length;
}

function isOf({ event }: ReportRow, workshop: string, what: 'opened' | 'closed'): boolean {
	return (
		event.kind === 'workshop' && event.became.workshop === workshop && event.became.what === what
	);
}
