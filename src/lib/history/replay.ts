/** The way of the needle from a moment of the record until now, as pictures one after the other. */
import type { HistoryEntry } from '../../../server/history/history.ts';

export interface Frame {
	/** The reading, null where nothing counted. */
	value: number | null;
	word: string | null;
	/** What led there; null for the start. */
	entry: HistoryEntry | null;
}

/** More than these are thinned out: a replay is to take seconds. */
export const FRAMES_MAX = 60;

/**
 * Oldest first, `start` being the first. `since`: what happened after it, newest first. Only what
 * moved the reading is a frame; the last is always that of now.
 */
export function framesOf(start: Pick<Frame, 'value' | 'word'>, since: readonly HistoryEntry[]) {
	const frames: Frame[] = [{ value: start.value, word: start.word, entry: null }];
	for (const entry of since.toReversed()) {
		const { value, word } = entry.reading;
		if (value !== frames.at(-1)!.value) frames.push({ value, word, entry });
	}
	return thinned(frames);
}

function thinned(frames: readonly Frame[]): Frame[] {
	const stride = (frames.length - 1) / (FRAMES_MAX - 1);
	if (stride <= 1) return [...frames];
	return Array.from({ length: FRAMES_MAX }, (_, place) => frames[Math.round(place * stride)]!);
}
