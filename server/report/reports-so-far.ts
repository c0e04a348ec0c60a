/**
 * Reports of open workshops, made when they are asked for. While nothing happens one is told again
 * for some seconds, and what takes long is made the more seldom: nobody who asks again and again
 * keeps the server from its other work.
 */
import type { Report } from '#report/report.ts';
import type { Database } from '../database/database.ts';
import type { Workshop } from '../workshop/workshop.table.ts';
import { reportOf, type ReportSources } from './build-report.ts';

/** What takes less is made whenever something has happened. */
const QUICK_MS = 500;
/** So many times as long as it took to make it, a slow one is told as it is. */
const REST = 10;
/** Titles may change and people come in without anything that a room's record tells of. */
const FRESH_MS = 10_000;
/** Of so many workshops they are remembered. */
const REMEMBERED = 100;

interface Made {
	/** What it was made of. */
	state: string;
	report: Report;
	/** By `performance.now()`: until when it is told again while nothing happens, and whatever happens. */
	freshUntil: number;
	restsUntil: number;
}

export class ReportsSoFar {
	readonly #sources: ReportSources;
	readonly #made = new Map<string, Promise<Made>>();

	constructor(sources: ReportSources) {
		this.#sources = sources;
	}

	async of(workshop: Workshop, at: Date): Promise<Report> {
		const before = this.#made.get(workshop.id);
		const known = await before?.catch(() => undefined);
		const state = await stateOf(this.#sources.db, workshop.room_id);
		// Of many who ask at once one has it made.
		const making = this.#made.get(workshop.id);
		if (making !== undefined && making !== before) return (await making).report;
		const now = performance.now();
		if (known && now < (known.state === state ? known.freshUntil : known.restsUntil)) {
			return known.report;
		}
		return this.#makeKnown(workshop, at, state);
	}

	async #makeKnown(workshop: Workshop, at: Date, state: string): Promise<Report> {
		const making = this.#make(workshop, at, state);
		this.#made.delete(workshop.id);
		this.#made.set(workshop.id, making);
		for (const oldest of this.#made.keys()) {
			if (this.#made.size <= REMEMBERED) break;
			this.#made.delete(oldest);
		}
		return (await making).report;
	}

	async #make(workshop: Workshop, at: Date, state: string): Promise<Made> {
		const start = performance.now();
		const report = await reportOf(this.#sources, workshop, at);
		const end = performance.now();
		const took = end - start;
		const restsUntil = took < QUICK_MS ? 0 : end + REST * took;
		return { state, report, freshUntil: Math.max(end + FRESH_MS, restsUntil), restsUntil };
	}
}

/** Changes whenever something has happened that a report tells of. */
async function stateOf(db: Database, roomId: string): Promise<string> {
	const { seq, reasons } = await db
		.selectFrom('history')
		.select((eb) => [eb.fn.max('seq').as('seq'), eb.fn.count('reason').as('reasons')])
		.where('room_id', '=', roomId)
		.executeTakeFirstOrThrow();
	const { placements } = await db
		.selectFrom('rounds')
		.select((eb) => eb.fn.sum('placements').as('placements'))
		.where('room_id', '=', roomId)
		.executeTakeFirstOrThrow();
	return [seq, reasons, placements].join(' ');
}
