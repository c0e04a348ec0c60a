/**
 * Secrets that let somebody in (guest cookies, invitations, links to set a new password): 256
 * random bits handed out, their SHA-256 in the database. Whoever reads the database learns none;
 * nobody guesses one, so a plain hash and an indexed look-up are enough.
 */
import { createHash, randomBytes } from 'node:crypto';

const TOKEN_BYTES = 32;
const TOKEN = /^[A-Za-z0-9_-]{43}$/;

export function createToken(): string {
	return randomBytes(TOKEN_BYTES).toString('base64url');
}

/** SHA-256 of a token as hex, or null for what cannot be one. */
export function hashToken(token: string | undefined): string | null {
	if (token === undefined || !TOKEN.test(token)) return null;
	return createHash('sha256').update(token).digest('hex');
}
