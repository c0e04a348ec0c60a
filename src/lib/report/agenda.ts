/** The steps of the run of show that a workshop went through, with their times. */
import type { ReportRow } from './period.ts';
import type { AgendaStep } from './report.ts';

/** `end`: when the last one ended; null while it goes on. */
export function agendaOf(rows: readonly ReportRow[], end: string | null): AgendaStep[] {
	const steps = rows.flatMap(({ at, event }) =>
		event.kind === 'step' ? [{ at, step: event.became }] : []
	);
	return steps.map(({ at, step: { place, kind, title } }, index) => ({
		...{ place, kind, title, at },
		until: steps[index + 1]?.at ?? end
	}));
}
