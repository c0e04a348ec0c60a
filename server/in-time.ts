import { Refusal } from './refusal.ts';

/** How long an edit that somebody asked for may take to be stored, in milliseconds. */
const STORED_MS = 5_000;
const RETRY_AFTER_S = 5;

/** While the database cannot store, an edit waits; whoever asked for it is not to: `cannot-store`. */
export async function inTime(work: Promise<void>): Promise<void> {
	const { promise: late, reject } = Promise.withResolvers<never>();
	const timer = setTimeout(() => reject(new Refusal('cannot-store', RETRY_AFTER_S)), STORED_MS);
	try {
		await Promise.race([work, late]);
	} finally {
		clearTimeout(timer);
	}
}
