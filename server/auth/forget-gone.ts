/** What still names people who are no more is untied from them, whoever erased them and how. */
import { eraseNamesOfGone } from '../audit/audit.repository.ts';
import type { Database } from '../database/database.ts';
import { forgetGone as forgetInHistory } from '../history/history.repository.ts';
import { forgetGoneReports } from '../report/report-ties.ts';
import { forgetGonePlacements } from '../rounds/round.repository.ts';

/** `personId`: only whom is known to be gone, where that is one. */
export async function forgetGone(db: Database, personId?: string): Promise<void> {
	await eraseNamesOfGone(db);
	await forgetInHistory(db);
	await forgetGonePlacements(db);
	await forgetGoneReports(db, personId);
}
