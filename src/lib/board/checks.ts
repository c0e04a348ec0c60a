/**
 * Checking what an operation was asked to write. Each answers with the valid value or throws a
 * `BoardError`. Bounds are the same as when reading: what passes here reads back unchanged.
 */

import { BoardError, type BoardErrorCode } from './board-error.ts';
import { readChoice, readDate, readTime, readUrl } from './values.ts';

/** A text of at most `limit` UTF-16 units; may be empty. */
export function checkText(value: string, limit: number): string {
	if (typeof value !== 'string') throw new BoardError('invalid-text', 'Not a text.');
	if (value.length > limit) {
		throw new BoardError('text-too-long', `At most ${limit} characters, this has ${value.length}.`);
	}
	return value.toWellFormed();
}

/** A text that says something, trimmed. */
export function checkLabel(value: string, limit: number): string {
	const label = checkText(value, limit).trim();
	if (!label) throw new BoardError('invalid-text', 'The text is empty.');
	return label;
}

export function checkNumber(value: number, min: number, max: number): number {
	if (Number.isFinite(value) && value >= min && value <= max) return value + 0;
	throw new BoardError('invalid-number', `Not a number from ${min} to ${max}: ${value}.`);
}

export function checkChoice<T extends string>(value: T, choices: readonly T[]): T {
	return found(readChoice(value, choices), 'invalid-choice', `Not one of ${choices.join(', ')}.`);
}

/** `YYYY-MM-DD`. */
export function checkDate(value: string): string {
	return found(readDate(value), 'invalid-date', `Not a day as YYYY-MM-DD: ${value}.`);
}

/** An ISO time with its zone, or a Date; as UTC. */
export function checkTime(value: string | Date): string {
	const text = value instanceof Date && !Number.isNaN(+value) ? value.toISOString() : value;
	return found(readTime(text), 'invalid-date', `Not an ISO time: ${text}.`);
}

/** An http(s) address, normalised. */
export function checkUrl(value: string): string {
	return found(readUrl(value), 'invalid-url', 'Not an http or https address.');
}

/** The value, or a thrown `BoardError` where there is none. */
export function found<T>(value: T | undefined, code: BoardErrorCode, message: string): T {
	if (value === undefined) throw new BoardError(code, message);
	return value;
}
