import type { ShowStep, Step } from '#stage/show.ts';
import type { StageState, StageTimer } from '#stage/stage-state.ts';
import type { Database } from '../database/database.ts';
import { currentRound } from '../rounds/current-round.ts';
import { findOpenWorkshop } from '../workshop/workshop.repository.ts';
import { findShow } from './show.repository.ts';
import { findStageRow } from './stage.repository.ts';

/** The stage of a room as it is stored. */
export async function findStage(db: Database, roomId: string): Promise<StageState> {
	const row = await findStageRow(db, roomId);
	const workshop = await findOpenWorkshop(db, roomId);
	return {
		workshop: workshop
			? { id: workshop.id, number: workshop.number, openedAt: workshop.opened_at }
			: null,
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
