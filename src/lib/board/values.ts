/**
 * Reading one plain value of any shape: never throws, and answers with a valid value or undefined
 * (texts: possibly empty). What is valid to read is exactly what `checks.ts` lets an operation write.
 */

import * as Y from 'yjs';
import { URL_LENGTH } from './limits.ts';

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;

/**
 * Whether a value is a text that people can type in. A Y.XmlText is none, though Yjs derives it from
 * Y.Text: what it holds may be of any kind, and making a string of it may throw.
 */
export function isText(value: unknown): value is Y.Text {
	return value instanceof Y.Text && !(value instanceof Y.XmlText);
}

/** A string or Y.Text, cut to `limit` UTF-16 units without splitting a character; else ''. */
export function readText(value: unknown, limit: number): string {
	if (isText(value)) return cut(value.toString(), limit);
	return typeof value === 'string' ? cut(value, limit) : '';
}

function cut(text: string, limit: number): string {
	if (text.length <= limit) return text.toWellFormed();
	const last = text.charCodeAt(limit - 1);
	const splitsPair = last >= 0xd800 && last <= 0xdbff;
	return text.slice(0, splitsPair ? limit - 1 : limit).toWellFormed();
}

/** A finite number, moved into the bounds. */
export function readNumber(value: unknown, min: number, max: number): number | undefined {
	if (typeof value !== 'number' || !Number.isFinite(value)) return undefined;
	// Adding 0 turns -0, which prints a sign, into 0.
	return Math.min(Math.max(value, min), max) + 0;
}

export function readChoice<T extends string>(value: unknown, choices: readonly T[]): T | undefined {
	return choices.find((choice) => choice === value);
}

/** A day that exists, `YYYY-MM-DD`. */
export function readDate(value: unknown): string | undefined {
	if (typeof value !== 'string' || !DATE.test(value)) return undefined;
	// Date.parse lets 30 February roll over into March.
	const ms = Date.parse(`${value}T00:00:00Z`);
	if (Number.isNaN(ms)) return undefined;
	return new Date(ms).toISOString().startsWith(value) ? value : undefined;
}

/** An ISO time with its zone, as UTC: `2021-06-16T18:00:00.000Z`. */
export function readTime(value: unknown): string | undefined {
	if (typeof value !== 'string' || !TIME.test(value) || !readDate(value.slice(0, 10))) {
		return undefined;
	}
	const ms = Date.parse(value);
	return Number.isNaN(ms) ? undefined : new Date(ms).toISOString();
}

/** An absolute http(s) address without credentials, normalised. */
export function readUrl(value: unknown): string | undefined {
	if (typeof value !== 'string' || value.length > URL_LENGTH || !URL.canParse(value)) {
		return undefined;
	}
	const url = new URL(value);
	if (url.protocol !== 'https:' && url.protocol !== 'http:') return undefined;
	if (url.username || url.password || url.href.length > URL_LENGTH) return undefined;
	return url.href;
}

/**
 * A plain object's own field; undefined where there is none. What it inherits is no content: Yjs
 * decodes a key `__proto__` into a prototype, which is not passed on.
 */
export function readField(value: unknown, key: string): unknown {
	if (typeof value !== 'object' || value === null || value instanceof Y.AbstractType)
		return undefined;
	return Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;
}

/** Orders by UTF-16 code units: the same on every machine, whatever its locale. */
export function compareText(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}
