/**
 * Passkeys in the browser: asks the server what to sign, has the person's device sign it, and gives
 * the answer as JSON to be sent with a form. Only pages that offer passkeys import this.
 */
import { startAuthentication, startRegistration } from '@simplewebauthn/browser';

/** Whether this browser can, at this address: passkeys need a host name and a safe connection. */
export function canUsePasskeys(): boolean {
	const isAddress = /^[\d.]+$|^\[/.test(location.hostname);
	return isSecureContext && !isAddress && typeof PublicKeyCredential === 'function';
}

/** Null when the person has thought better of it. Throws `PasskeyProblem`. */
export function askForPasskey(question: string): Promise<string | null> {
	return answering(async () => startAuthentication({ optionsJSON: await ask(question) }));
}

/** A new one, after the password was right. Null when the person has thought better of it. */
export function makePasskey(question: string, password: string): Promise<string | null> {
	return answering(async () =>
		startRegistration({ optionsJSON: await ask(question, { password }) })
	);
}

/** What went wrong, in a sentence for the person. */
export class PasskeyProblem extends Error {
	override readonly name = 'PasskeyProblem';
	/** The server's, where it refused. */
	readonly code: string | undefined;

	constructor(message: string, code?: string) {
		super(message);
		this.code = code;
	}
}

async function ask<Options>(path: string, body: Record<string, string> = {}): Promise<Options> {
	const answer = await fetch(path, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(body)
	}).catch(() => {
		throw new PasskeyProblem('The server cannot be reached. Try again in a moment.');
	});
	const json = (await answer.json()) as Options & { error?: { code: string; message: string } };
	if (json.error !== undefined) throw new PasskeyProblem(json.error.message, json.error.code);
	return json;
}

async function answering(work: () => Promise<unknown>): Promise<string | null> {
	try {
		return JSON.stringify(await work());
	} catch (error) {
		if (error instanceof PasskeyProblem) throw error;
		if (!(error instanceof Error)) throw error;
		// Cancelled or timed out; browsers do not tell which.
		if (error.name === 'NotAllowedError' || error.name === 'AbortError') return null;
		if (error.name === 'InvalidStateError') {
			throw new PasskeyProblem('This device has a passkey of yours already. Use that one.');
		}
		throw new PasskeyProblem('This device could not use a passkey. Use your password.');
	}
}
