import type { ShowStep, Step } from '#stage/show.ts';
import type { StageState, StageTimer } from '#stage/stage-state.ts';
import type { Database } from '../database/database.ts';
import { currentRound } from '../rounds/current-round.ts';
import { findLastWorkshop } from '../workshop/workshop.repository.ts';
import type { WorkshopHead } from '../workshop/workshop.table.ts';
import { findShow, type Show } from './show.repository.ts';
import { findStageRow } from './stage.repository.ts';

/** How long a stage tells of a workshop that is closed, in milliseconds. */
const CLOSED_MS = 12 * 60 * 60 * 1000;

/** The stage of a room as it is stored, at a time. */
export async function findStage(
	db: Database,
	roomId: string,
	at: Date = new Date()
): Promise<StageState> {
	const row = await findStageRow(db, roomId);
	const show = await findShow(db, roomId);
	const last = await findLastWorkshop(db, roomId);
	return {
		...workshopsOf(last, at),
		step: currentStep(show, row?.step ?? null),
		showVersion: show.version,
		spotlight: row?.spotlight ?? null,
		timer: row?.timer ? (JSON.parse(row.timer) as StageTimer) : null,
		isLocked: row?.locked === 1,
		isQuiet: row?.quiet === 1,
		message: row?.message ?? null,
		gatheredAt: row?.gathered_at ?? null,
		handsDown: row?.hands_down ?? 0,
		round: await currentRound(db, roomId)
	};
}

function workshopsOf(
	last: WorkshopHead | undefined,
	at: Date
): Pick<StageState, 'workshop' | 'closed'> {
	if (last === undefined) return { workshop: null, closed: null };
	const { id, number, opened_at: openedAt, closed_at, link } = last;
	if (closed_at === null) return { workshop: { id, number, openedAt }, closed: null };
	const isRecent = at.getTime() - Date.parse(closed_at) < CLOSED_MS;
	return { workshop: null, closed: isRecent ? { id, number, openedAt, link } : null };
}

/** Null when the run of show has become shorter meanwhile, too. */
function currentStep({ steps }: Show, place: number | null): StageState['step'] {
	const step = place === null ? undefined : steps[place];
	if (place === null || step === undefined) return null;
	return { ...withoutNotes(step), place, count: steps.length };
}

/** What everybody may see of a step. */
function withoutNotes({ notes: _, ...step }: ShowStep): Step {
	return step;
}
