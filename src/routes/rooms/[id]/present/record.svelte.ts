/**
 * The newest part of a room's record, as far back as is asked for: fetched when it is first needed,
 * and what is new of it after every change. When it cannot be had, what is there stays.
 */
import { untrack } from 'svelte';
import { fetchJson } from '$lib/room/fetch-json.ts';
import type { HistoryEntry, HistoryPage } from '../../../../../server/history/history.ts';

/** Pages that are fetched at most to reach what is asked for. */
const PAGES_MAX = 20;
/** Changes that come at once are fetched once, in milliseconds. */
const GATHER_MS = 150;

/** Whether an entry is far enough back. */
export type Reach = (entry: HistoryEntry, page: HistoryPage) => boolean;

export class RecordView {
	readonly #address: string;
	#entries = $state.raw<HistoryEntry[]>([]);
	#newest = $state.raw<HistoryPage | null>(null);
	/** Somebody follows it still; how far back. */
	#reach: Reach | null = null;
	#isFetching = false;
	/** It was asked for again while it was being fetched. */
	#isStale = false;

	constructor(roomId: string) {
		this.#address = `/api/rooms/${roomId}/history`;
	}

	/** Newest first, without gaps. */
	get entries(): readonly HistoryEntry[] {
		return this.#entries;
	}

	/** The checkpoints, and which is chosen; null until it is here. */
	get marks(): Pick<HistoryPage, 'checkpoints' | 'chosen'> | null {
		return this.#newest;
	}

	/**
	 * Fetches now, and a little after each time that `changes` differs; while that happens all the time,
	 * again and again. For an effect.
	 */
	follow(changes: unknown, reach: Reach = () => true): () => void {
		void changes;
		this.#reach = reach;
		untrack(() => void this.#keepFetching());
		return () => (this.#reach = null);
	}

	async #keepFetching(): Promise<void> {
		this.#isStale = true;
		if (this.#isFetching) return;
		this.#isFetching = true;
		while (this.#isStale) {
			if (this.#newest !== null) await new Promise((done) => setTimeout(done, GATHER_MS));
			this.#isStale = false;
			if (this.#reach === null) break;
			await this.#refresh(this.#reach);
		}
		this.#isFetching = false;
	}

	async #refresh(reach: Reach): Promise<void> {
		const newest = await this.#page();
		if (newest === null) return;
		const known = this.#entries;
		let entries = newest.entries;
		let { older } = newest;
		for (let pages = 1; pages < PAGES_MAX && older !== null; pages += 1) {
			const joined = joinedWith(known, entries);
			if (joined !== null && joined.length > entries.length) {
				entries = joined;
				older = joined.at(-1)!.seq;
			}
			const last = entries.at(-1);
			if (last === undefined || reach(last, newest)) break;
			const page = await this.#page(older);
			if (page === null) return;
			entries = [...entries, ...page.entries];
			older = page.older;
		}
		this.#entries = entries;
		this.#newest = newest;
	}

	async #page(before?: number): Promise<HistoryPage | null> {
		const query = before === undefined ? '' : `?before=${before}`;
		const answer = await fetchJson(this.#address + query);
		return 'failure' in answer ? null : (answer.value as HistoryPage);
	}
}

/** `fresh` with what was known below it; null while there is a gap between them. */
function joinedWith(
	known: readonly HistoryEntry[],
	fresh: readonly HistoryEntry[]
): HistoryEntry[] | null {
	const last = fresh.at(-1);
	if (last === undefined || known[0] === undefined || known[0].seq < last.seq) return null;
	return [...fresh, ...known.filter(({ seq }) => seq < last.seq)];
}
