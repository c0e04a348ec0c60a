/**
 * Something the server will not do, and why. Services throw it; only the edges (endpoints, form
 * actions, the websocket) turn a code into a status, a sentence or a close code. The app tells it
 * by its name, since it shares no code with the server at run time.
 */
export type RefusalCode =
	| 'email-invalid'
	| 'email-taken'
	| 'password-too-short'
	| 'password-too-long'
	| 'password-common'
	| 'wrong-sign-in'
	| 'wrong-password'
	| 'reset-expired'
	| 'reset-used'
	| 'reset-unknown'
	| 'reset-own'
	| 'reset-elsewhere'
	| 'passkey-refused'
	| 'passkey-name-too-long'
	| 'too-many-passkeys'
	| 'sole-team-owner'
	| 'name-missing'
	| 'name-too-long'
	| 'title-missing'
	| 'title-too-long'
	| 'unknown-template'
	| 'wrong-code'
	| 'door-closed'
	| 'door-ended'
	| 'room-full'
	| 'lobby-full'
	| 'no-place'
	| 'waiting'
	| 'turned-away'
	| 'removed'
	| 'role-too-low'
	| 'not-here'
	| 'not-yourself'
	| 'not-a-guest'
	| 'owns-by-team'
	| 'owner-needs-account'
	| 'last-in-charge'
	| 'unknown-choice'
	| 'limit-out-of-range'
	| 'reason-missing'
	| 'reason-too-long'
	| 'source-too-long'
	| 'no-such-move'
	| 'reason-given'
	| 'no-cards'
	| 'too-many-cards'
	| 'no-such-card'
	| 'no-such-column'
	| 'no-such-round'
	| 'round-open'
	| 'round-over'
	| 'not-asked'
	| 'nothing-to-decide'
	| 'decided-already'
	| 'checkpoint-name-missing'
	| 'checkpoint-name-too-long'
	| 'too-many-checkpoints'
	| 'no-such-checkpoint'
	| 'not-signed-in'
	| 'not-allowed'
	| 'no-such-room'
	| 'room-in-trash'
	| 'account-needed'
	| 'no-such-team'
	| 'team-owners-only'
	| 'team-name-missing'
	| 'team-name-too-long'
	| 'too-many-teams'
	| 'wrong-confirmation'
	| 'no-such-member'
	| 'last-owner'
	| 'no-such-invite'
	| 'invite-expired'
	| 'invite-revoked'
	| 'invite-used'
	| 'already-in-team'
	| 'team-full'
	| 'too-many-invites'
	| 'unknown-role'
	| 'too-many-attempts'
	| 'cannot-store'
	| 'room-damaged';

export class Refusal extends Error {
	override readonly name = 'Refusal';
	readonly code: RefusalCode;
	/** Seconds until it is worth trying again, where that is known. */
	readonly retryAfter: number | undefined;

	constructor(code: RefusalCode, retryAfter?: number, options?: ErrorOptions) {
		super(code, options);
		this.code = code;
		this.retryAfter = retryAfter;
	}
}
