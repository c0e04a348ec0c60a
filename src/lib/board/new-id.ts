/**
 * Ids of cards, columns, themes and evidence. `crypto.getRandomValues` also works on a page that is
 * not served over https, where `crypto.randomUUID` is missing.
 */

import { ID_LENGTH } from './limits.ts';

const ALPHABET = '0123456789abcdefghijklmnopqrstuvwxyz';
/** 16 characters of 36 kinds: 82 bits. */
const NEW_ID_LENGTH = 16;
/** The largest multiple of 36 in a byte: bytes from here on would favour the first characters. */
const UNBIASED_BYTES = 252;

const SHAPE = /^[A-Za-z0-9][A-Za-z0-9_-]*$/;

/** A fresh url-safe id. */
export function newId(): string {
	let id = '';
	while (id.length < NEW_ID_LENGTH) {
		const [byte = UNBIASED_BYTES] = crypto.getRandomValues(new Uint8Array(1));
		if (byte < UNBIASED_BYTES) id += ALPHABET[byte % ALPHABET.length];
	}
	return id;
}

/** Whether a key may serve as an id: url-safe, short, and no name that every object inherits. */
export function isId(value: unknown): value is string {
	return (
		typeof value === 'string' &&
		value.length <= ID_LENGTH &&
		SHAPE.test(value) &&
		!(value in Object.prototype)
	);
}
