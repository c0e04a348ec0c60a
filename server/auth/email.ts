/** An e-mail address as an account's name: one spelling for one account. */
import * as v from 'valibot';
import { Refusal } from '../refusal.ts';

const EMAIL_MAX = 254;
const Email = v.pipe(v.string(), v.maxLength(EMAIL_MAX), v.rfcEmail());

/** Without spaces around it and in lower case. Throws `email-invalid`. */
export function readEmail(given: string): string {
	const email = given.normalize('NFC').trim().toLowerCase();
	if (!v.is(Email, email)) throw new Refusal('email-invalid');
	return email;
}
