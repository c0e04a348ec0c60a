/** What a browser sends back from an authenticator, read as what it may be: anything. */
import { decodeAttestationObject, isoBase64URL } from '@simplewebauthn/server/helpers';
import * as v from 'valibot';
import { Refusal } from '../refusal.ts';

/** In characters of JSON. */
const ANSWER_MAX = 16_384;
const Base64url = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]+$/), v.maxLength(ANSWER_MAX));

/** The parts of WebAuthn's `AuthenticationResponseJSON` and `RegistrationResponseJSON` that are read. */
const Answer = v.object({
	id: v.pipe(Base64url, v.maxLength(1_400)),
	rawId: Base64url,
	type: v.literal('public-key'),
	clientExtensionResults: v.optional(v.object({}), {}),
	response: v.object({
		clientDataJSON: Base64url,
		authenticatorData: v.optional(Base64url),
		signature: v.optional(Base64url),
		attestationObject: v.optional(Base64url),
		transports: v.optional(
			v.pipe(v.array(v.pipe(v.string(), v.regex(/^[a-z-]{1,20}$/))), v.maxLength(10))
		)
	})
});

export type ReadAnswer = v.InferOutput<typeof Answer>;

/** Throws `passkey-refused` for what cannot be an answer. */
export function readPasskeyAnswer(json: string): ReadAnswer {
	try {
		if (json.length <= ANSWER_MAX) return v.parse(Answer, JSON.parse(json));
	} catch (cause) {
		throw new Refusal('passkey-refused', undefined, { cause });
	}
	throw new Refusal('passkey-refused');
}

/**
 * Throws `passkey-refused` for a new passkey that comes with certificates of its maker. None are
 * asked for, and checking them would ask addresses that stand in them.
 */
export function refuseCertificates({ response }: ReadAnswer): void {
	const object = decodeAttestationObject(isoBase64URL.toBuffer(response.attestationObject ?? ''));
	const format = object.get('fmt');
	const isPlain = format === 'none' || format === 'packed';
	if (!isPlain || object.get('attStmt').get('x5c') !== undefined) {
		throw new Refusal('passkey-refused');
	}
}
