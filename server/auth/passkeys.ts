/**
 * Passkeys (WebAuthn): a second way to sign in, without a password and bound to this site.
 *
 * - A challenge is random, good for one answer within five minutes, and bound to the browser that
 *   asked (a cookie whose SHA-256 is kept), to its purpose and, where that is known, to the person.
 * - The device must have verified its user (`userVerification: required`): a passkey stands for the
 *   password alone, so having the device is not enough.
 * - A counter that does not go up tells of a copied key; such an answer is refused.
 * - Whatever is wrong with an answer, it is refused in the same words.
 */
import {
	generateAuthenticationOptions,
	generateRegistrationOptions,
	verifyAuthenticationResponse,
	verifyRegistrationResponse,
	type AuthenticationResponseJSON,
	type PublicKeyCredentialCreationOptionsJSON,
	type PublicKeyCredentialRequestOptionsJSON,
	type RegistrationResponseJSON
} from '@simplewebauthn/server';
import { recordOfAccount } from '../audit/audit.repository.ts';
import { cleanLine } from '../clean-line.ts';
import { addressKey } from '../client-address.ts';
import type { Database } from '../database/database.ts';
import { createLimiter, take } from '../limits.ts';
import { Refusal } from '../refusal.ts';
import { createToken, hashToken } from '../secret-token.ts';
import { refusingStorageFailures } from '../storage-failure.ts';
import type { Account, Visitor } from './accounts.ts';
import { readPasskeyAnswer, refuseCertificates } from './passkey-answer.ts';
import {
	eraseExpiredChallenges,
	findDescriptors,
	findPasskey,
	insertPasskey,
	listPasskeys,
	notePasskeyUse,
	removePasskey,
	storeChallenge,
	takeChallenge,
	type PasskeySummary
} from './passkey.repository.ts';
import type { PasskeyPurpose, StoredPasskey } from './passkey.table.ts';
import type { ProvePassword } from './password-proof.ts';
import type { SessionPass } from './sessions.ts';
import { signInAs } from './sign-in-as.ts';

export type { PasskeySummary };

export const PASSKEY_COOKIE = 'passkey';
export const PASSKEYS_MAX = 20;
/** In code points. */
export const PASSKEY_NAME_MAX = 60;

const CHALLENGE_MS = 5 * 60_000;
const SITE_NAME = 'Détente Board';
/** EdDSA, ES256 and RS256, which every authenticator has one of; what Node only tries out is left. */
const ALGORITHMS = [-8, -7, -257];
const QUESTIONS = { points: 60, seconds: 15 * 60 };

/** What binds a challenge to a browser: the value of a cookie. */
export interface ChallengePass {
	token: string;
	expires: Date;
}

/** What a browser is to hand to its authenticators, and the cookie that goes with it. */
export interface PasskeyQuestion<Options> {
	options: Options;
	pass: ChallengePass;
}

/** What came back. */
export interface PasskeyAnswer {
	/** JSON, as it was sent. */
	answer: string;
	/** The browser's cookie. */
	token: string | undefined;
	/** The address that the browser has the page from, such as `https://board.example.org`. */
	origin: string;
}

export interface Passkeys {
	list(account: Account): Promise<PasskeySummary[]>;
	/** Asks for a new passkey. Throws `wrong-password` or `too-many-passkeys`. */
	askToAdd(
		account: Account,
		input: { password: string; origin: string }
	): Promise<PasskeyQuestion<PublicKeyCredentialCreationOptionsJSON>>;
	/** Takes up the new one. Throws `passkey-refused` or `passkey-name-too-long`. */
	add(account: Account, answer: PasskeyAnswer, name: string): Promise<void>;
	/** Another's changes nothing. */
	remove(account: Account, id: string): Promise<void>;
	/** Asks whoever has a passkey for this site. */
	askToSignIn(
		address: string,
		origin: string
	): Promise<PasskeyQuestion<PublicKeyCredentialRequestOptionsJSON>>;
	/** Throws `passkey-refused`. */
	signIn(visitor: Visitor, answer: PasskeyAnswer): Promise<SessionPass>;
	/** Asks somebody signed in to show it once more. */
	askToConfirm(
		account: Account,
		origin: string
	): Promise<PasskeyQuestion<PublicKeyCredentialRequestOptionsJSON>>;
	/** Throws `passkey-refused` unless the answer is from a passkey of the user. */
	confirm(userId: string, answer: PasskeyAnswer): Promise<void>;
}

export interface PasskeysParts {
	db: Database;
	now: () => Date;
	provePassword: ProvePassword;
}

export function createPasskeys({ db, now, provePassword }: PasskeysParts): Passkeys {
	const questions = createLimiter(QUESTIONS);

	async function ask<Options extends { challenge: string }>(
		purpose: PasskeyPurpose,
		userId: string | null,
		options: Options
	): Promise<PasskeyQuestion<Options>> {
		const token = createToken();
		const at = now();
		const expires = new Date(at.getTime() + CHALLENGE_MS);
		await eraseExpiredChallenges(db, at);
		await storeChallenge(db, {
			browserHash: hashToken(token) ?? '',
			challenge: options.challenge,
			purpose,
			userId,
			expires
		});
		return { options, pass: { token, expires } };
	}

	async function challengeOf(
		{ token }: PasskeyAnswer,
		purpose: PasskeyPurpose,
		userId: string | null
	): Promise<string> {
		const hash = hashToken(token);
		const challenge = hash === null ? null : await takeChallenge(db, hash, purpose, userId, now());
		if (challenge === null) throw new Refusal('passkey-refused');
		return challenge;
	}

	/** The passkey that signed; it is noted as used. */
	async function checkSignature(
		given: PasskeyAnswer,
		purpose: 'sign-in' | 'confirm',
		userId: string | null
	): Promise<StoredPasskey> {
		const challenge = await challengeOf(given, purpose, userId);
		const response = readPasskeyAnswer(given.answer) as AuthenticationResponseJSON;
		const passkey = await findPasskey(db, response.id);
		if (passkey === undefined) throw new Refusal('passkey-refused');
		if (userId !== null && passkey.user_id !== userId) throw new Refusal('passkey-refused');
		const before = Number(passkey.counter);
		const counter = await refusingAnswer(async () => {
			const { verified, authenticationInfo } = await verifyAuthenticationResponse({
				response,
				expectedChallenge: challenge,
				expectedOrigin: given.origin,
				expectedRPID: siteOf(given.origin),
				credential: { id: passkey.id, publicKey: passkey.public_key, counter: before }
			});
			return verified ? authenticationInfo.newCounter : null;
		});
		const use = { before, counter, at: now() };
		if (!(await notePasskeyUse(db, passkey.id, use))) throw new Refusal('passkey-refused');
		return passkey;
	}

	return {
		list: ({ person }) => refusingStorageFailures(() => listPasskeys(db, person.id)),

		askToAdd: ({ person, email }, { password, origin }) =>
			refusingStorageFailures(async () => {
				await provePassword(person.id, password);
				const known = await findDescriptors(db, person.id);
				if (known.length >= PASSKEYS_MAX) throw new Refusal('too-many-passkeys');
				const options = await generateRegistrationOptions({
					rpName: SITE_NAME,
					rpID: siteOf(origin),
					userName: email,
					userDisplayName: person.name,
					userID: new TextEncoder().encode(person.id),
					timeout: CHALLENGE_MS,
					excludeCredentials: known,
					supportedAlgorithmIDs: ALGORITHMS,
					authenticatorSelection: { residentKey: 'required', userVerification: 'required' }
				});
				return ask('add', person.id, options);
			}),

		add: ({ person }, given, name) =>
			refusingStorageFailures(async () => {
				const readable = readPasskeyName(name);
				const challenge = await challengeOf(given, 'add', person.id);
				const response = readPasskeyAnswer(given.answer);
				const { credential } = await refusingAnswer(async () => {
					refuseCertificates(response);
					const { registrationInfo } = await verifyRegistrationResponse({
						response: response as RegistrationResponseJSON,
						expectedChallenge: challenge,
						expectedOrigin: given.origin,
						expectedRPID: siteOf(given.origin),
						supportedAlgorithmIDs: ALGORITHMS
					});
					return registrationInfo ?? null;
				});
				const isNew = await insertPasskey(db, {
					id: credential.id,
					user_id: person.id,
					name: readable,
					public_key: credential.publicKey,
					counter: credential.counter,
					transports: (credential.transports ?? []).join(','),
					created_at: now().toISOString(),
					used_at: null
				});
				if (!isNew) throw new Refusal('passkey-refused');
				await recordOfAccount(db, 'account.passkey-added', person, now());
			}),

		remove: ({ person }, id) =>
			refusingStorageFailures(async () => {
				await removePasskey(db, person.id, id);
				await recordOfAccount(db, 'account.passkey-removed', person, now());
			}),

		askToSignIn: (address, origin) =>
			refusingStorageFailures(async () => {
				await take(questions, addressKey(address));
				const options = await generateAuthenticationOptions({
					rpID: siteOf(origin),
					timeout: CHALLENGE_MS,
					userVerification: 'required'
				});
				return ask('sign-in', null, options);
			}),

		signIn: (visitor, given) =>
			refusingStorageFailures(async () => {
				const { user_id } = await checkSignature(given, 'sign-in', null);
				return signInAs(db, user_id, visitor, now());
			}),

		askToConfirm: ({ person }, origin) =>
			refusingStorageFailures(async () => {
				await take(questions, person.id);
				const options = await generateAuthenticationOptions({
					rpID: siteOf(origin),
					timeout: CHALLENGE_MS,
					userVerification: 'required',
					allowCredentials: await findDescriptors(db, person.id)
				});
				return ask('confirm', person.id, options);
			}),

		confirm: async (userId, given) => {
			await checkSignature(given, 'confirm', userId);
		}
	};
}

/** What a passkey is bound to: the host name that the page has. */
function siteOf(origin: string): string {
	return new URL(origin).hostname;
}

/** One line; what its owner leaves empty is "Passkey". */
function readPasskeyName(given: string): string {
	const name = cleanLine(given);
	if ([...name].length > PASSKEY_NAME_MAX) throw new Refusal('passkey-name-too-long');
	return name === '' ? 'Passkey' : name;
}

/** The library throws for everything that is wrong with an answer; none of that is told. */
async function refusingAnswer<T>(check: () => Promise<T | null>): Promise<T> {
	const found = await check().catch((cause: unknown) => {
		throw new Refusal('passkey-refused', undefined, { cause });
	});
	if (found === null) throw new Refusal('passkey-refused');
	return found;
}
