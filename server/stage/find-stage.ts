import type { ShowStep, Step } from '#stage/show.ts';
import type { StageState, StageTimer } from '#stage/stage-state.ts';
import type { Database } from '../database/database.ts';
import { currentRound } from '../rounds/current-round.ts';
import { findWorkshops } from '../workshop/workshop.repository.ts';
import type { Workshop } from '../workshop/workshop.table.ts';
import { findShow } from './show.repository.ts';
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
	const [last] = await findWorkshops(db, roomId);
	return {
		...workshopsOf(last, at),
		step: await currentStep(db, roomId, row?.step ?? null),
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
	last: Workshop | undefined,
	at: Date
): Pick<StageState, 'workshop' | 'closed'> {
	if (last === undefined) return { workshop: null, closed: null };
	const { id, number, opened_at: openedAt, closed_at, link } = last;
	if (closed_at === null) return { workshop: { id, number, openedAt }, closed: null };
	const isRecent = at.getTime() - Date.parse(closed_at) < CLOSED_MS;
	return { workshop: null, closed: isRecent ? { id, number, openedAt, link } : null };
}

/** Null when the run of show has become shorter meanwhile, too. */
async function currentStep(
	db: Database,
	roomId: string,
	place: number | null
): Promise<StageState['step']> {
	if (place === null) return null;
	const { steps } = await findShow(db, roomId);
	const step = steps[place];
	return step === undefined ? null : { ...withoutNotes(step), place, count: steps.length };
}

/** What everybody may see of a step. */
function withoutNotes({ notes: _, ...step }: ShowStep): Step {
	return step;
}
