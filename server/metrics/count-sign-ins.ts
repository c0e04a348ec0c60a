import type { Services } from '../services.ts';
import type { Figures, SignInOutcome } from './figures.ts';

/** What a wrong password or a wrong passkey is refused with. */
const WRONG = new Set<unknown>(['wrong-sign-in', 'passkey-refused']);

/** The same services, with every try to sign in counted. */
export function countingSignIns(services: Services, { signedIn }: Figures): Services {
	const { accounts, passkeys } = services;
	return {
		...services,
		accounts: { ...accounts, signIn: counting(accounts.signIn) },
		passkeys: { ...passkeys, signIn: counting(passkeys.signIn) }
	};

	function counting<Given extends unknown[], Pass>(
		signIn: (...given: Given) => Promise<Pass>
	): (...given: Given) => Promise<Pass> {
		return async (...given) => {
			try {
				const pass = await signIn(...given);
				signedIn('done');
				return pass;
			} catch (error) {
				signedIn(outcomeOf(error));
				throw error;
			}
		};
	}
}

function outcomeOf(error: unknown): SignInOutcome {
	return error instanceof Error && 'code' in error && WRONG.has(error.code) ? 'failed' : 'refused';
}
