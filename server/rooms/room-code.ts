/**
 * Room codes: eight characters of Crockford's base 32 (no I, L, O, U) in two groups of four, to be
 * dictated over a table or a telephone. Kept and compared without the dash.
 */
import { randomBytes } from 'node:crypto';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const CODE = /^[0-9A-HJKMNP-TV-Z]{8}$/;
const CODE_LENGTH = 8;

/** How many codes there are: 2^40. */
export const CODES = ALPHABET.length ** CODE_LENGTH;

/** Longer input than this is no mistyped code. */
const INPUT_MAX = 64;

export function createCode(): string {
	// 256 is a multiple of 32, so the remainder favours none.
	return Array.from(randomBytes(CODE_LENGTH), (byte) => ALPHABET[byte % ALPHABET.length]).join('');
}

/** `ABCD-EFGH`. */
export function formatCode(code: string): string {
	return `${code.slice(0, 4)}-${code.slice(4)}`;
}

/**
 * The code that somebody typed, or null for what cannot be one. Case, dashes, dots and spaces
 * don't matter; O is read as 0, I and L as 1.
 */
export function readCode(typed: string): string | null {
	if (typed.length > INPUT_MAX) return null;
	const code = typed
		.normalize('NFKC')
		.toUpperCase()
		.replace(/[\s\p{Pd}\p{Cf}._]/gu, '')
		.replaceAll('O', '0')
		.replaceAll(/[IL]/g, '1');
	return CODE.test(code) ? code : null;
}
