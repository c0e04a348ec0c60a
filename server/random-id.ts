import { randomBytes } from 'node:crypto';

const ID_BYTES = 16;
const ID = /^[A-Za-z0-9_-]{22}$/;

/** 128 random bits, url-safe: nobody meets another's by chance or by guessing. */
export function randomId(): string {
	return randomBytes(ID_BYTES).toString('base64url');
}

export function isRandomId(text: string): boolean {
	return ID.test(text);
}
