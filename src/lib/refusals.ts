/**
 * What the server refuses, in words: for each code a status and one sentence that says what to do.
 * The app shares no code with the server at run time, so a refusal is told by its shape.
 */
import { error } from '@sveltejs/kit';
import type { RefusalCode } from '../../server/refusal.ts';

interface Words {
	status: number;
	message: string;
}

export const REFUSALS: Readonly<Record<RefusalCode, Words>> = {
	'email-invalid': { status: 422, message: 'Type an e-mail address, such as ana@example.org.' },
	'email-taken': {
		status: 409,
		message: 'There is an account with this e-mail address. Sign in with it.'
	},
	'password-too-short': {
		status: 422,
		message: 'Choose a password of at least 10 characters, such as four words.'
	},
	'password-too-long': { status: 422, message: 'Choose a password of at most 256 characters.' },
	'password-common': {
		status: 422,
		message: 'This password is too easily guessed. Choose another.'
	},
	'wrong-sign-in': {
		status: 401,
		message: 'The e-mail address or the password is wrong. Check both.'
	},
	'wrong-password': {
		status: 422,
		message: 'This is not your password. Type the one that you sign in with now.'
	},
	'reset-expired': {
		status: 410,
		message: 'A link to set a password works for an hour. Ask for a new one.'
	},
	'reset-used': {
		status: 410,
		message: 'A link to set a password works once. Sign in with the new password.'
	},
	'reset-unknown': {
		status: 404,
		message: 'Take the newest link that you were given, and take it whole.'
	},
	'reset-own': { status: 409, message: 'Change your own password in your account.' },
	'reset-elsewhere': {
		status: 403,
		message:
			'They also have rooms or teams that are not yours, so you cannot help them in. Whoever runs this server can.'
	},
	'passkey-refused': {
		status: 401,
		message: 'This passkey was not accepted. Try again, or use your password.'
	},
	'passkey-name-too-long': { status: 422, message: 'Choose a name of at most 60 characters.' },
	'too-many-passkeys': {
		status: 409,
		message: 'You have 20 passkeys, which is the most. Remove one that you no longer use.'
	},
	'sole-team-owner': {
		status: 409,
		message: 'A team would be left without an owner. Make another member its owner first.'
	},
	'name-missing': { status: 422, message: 'Type the name that others here should see.' },
	'name-too-long': { status: 422, message: 'Choose a name of at most 60 characters.' },
	'title-missing': { status: 422, message: 'Type a title.' },
	'title-too-long': { status: 422, message: 'Choose a title of at most 240 characters.' },
	'unknown-template': { status: 422, message: 'There is no such template; choose another one.' },
	'wrong-code': {
		status: 404,
		message: 'No open room has this code. Check it, or ask for a new one.'
	},
	'door-closed': {
		status: 410,
		message: 'This workshop is closed for guests. Ask its facilitator to open it again.'
	},
	'door-ended': { status: 410, message: 'This code has ended. Ask the facilitator for a new one.' },
	'room-full': {
		status: 409,
		message: 'This room is full. Ask the facilitator for a place, then try again.'
	},
	'lobby-full': {
		status: 409,
		message: 'Too many people are waiting at this door. Try again in a few minutes.'
	},
	'no-place': {
		status: 409,
		message: 'All places at this door are taken. Open it again with a higher limit.'
	},
	waiting: {
		status: 403,
		message: 'You are in the lobby. Wait until a facilitator lets you in.'
	},
	'turned-away': {
		status: 403,
		message: 'A facilitator did not let you into this room. Ask them if that was a mistake.'
	},
	removed: {
		status: 403,
		message: 'You were taken out of this room. Ask a facilitator if that was a mistake.'
	},
	'role-too-low': {
		status: 403,
		message: 'Your role in this room does not allow that. Ask somebody whose role does.'
	},
	'not-here': { status: 409, message: 'This person is no longer in the list. Look at it again.' },
	'not-yourself': { status: 422, message: 'Nobody can remove themselves; hand over instead.' },
	'not-a-guest': {
		status: 422,
		message: 'Only guests can be renamed here; others do it on their account’s page.'
	},
	'owns-by-team': {
		status: 422,
		message: 'An owner of the team owns its rooms too. That is changed on the team’s page.'
	},
	'owner-needs-account': {
		status: 422,
		message: 'Only somebody with an account can own a room; ask them to sign up first.'
	},
	'last-in-charge': {
		status: 422,
		message: 'Somebody has to stay in charge of the room; give another person that role first.'
	},
	'unknown-choice': { status: 422, message: 'Choose one of what is offered.' },
	'limit-out-of-range': { status: 422, message: 'Type a whole number of people from 1 to 500.' },
	'minutes-out-of-range': {
		status: 422,
		message: 'Type a number of minutes above 0, at most 1,440.'
	},
	'least-out-of-range': { status: 422, message: 'Choose a whole number of answers from 1 to 50.' },
	'consensus-out-of-range': { status: 422, message: 'Choose a share from 50 to 100 %.' },
	'reason-missing': { status: 422, message: 'Type why you moved it, in a line.' },
	'reason-too-long': { status: 422, message: 'Say it in at most 280 characters.' },
	'source-too-long': {
		status: 422,
		message: 'Name the source in at most 240 characters, or paste its address.'
	},
	'no-such-move': {
		status: 409,
		message: 'This move is not stored yet, or was taken back. Look at the board, then try again.'
	},
	'reason-given': { status: 409, message: 'This move has a reason already, which stays.' },
	'no-cards': { status: 422, message: 'Choose at least one card to ask about.' },
	'too-many-cards': { status: 422, message: 'Choose at most 500 cards for one round.' },
	'no-such-card': {
		status: 409,
		message: 'This card is on the board no longer. Go on with another.'
	},
	'no-such-column': {
		status: 409,
		message: 'This column is not one of the choices now. Choose another.'
	},
	'no-such-round': { status: 404, message: 'There is no such round in this room.' },
	'round-open': {
		status: 409,
		message: 'A blind round is open. Reveal it or put it away first.'
	},
	'round-over': {
		status: 409,
		message: 'This round is over: answers are taken no longer.'
	},
	'not-asked': { status: 422, message: 'This round does not ask about this card.' },
	'nothing-to-decide': {
		status: 409,
		message: 'There is no result for this card to decide on.'
	},
	'decided-already': {
		status: 409,
		message: 'This card was decided already. Move it on the board if it should stand elsewhere.'
	},
	'message-too-long': { status: 422, message: 'Keep the message within 240 characters.' },
	'no-such-step': {
		status: 404,
		message: 'This step is no longer in the run of show. Choose another.'
	},
	'step-title-missing': { status: 422, message: 'Give each step a title.' },
	'step-title-too-long': {
		status: 422,
		message: 'Keep the title of a step within 120 characters.'
	},
	'notes-too-long': { status: 422, message: 'Keep the notes of a step within 1,000 characters.' },
	'too-many-steps': { status: 422, message: 'A run of show has at most 60 steps.' },
	'changed-meanwhile': {
		status: 409,
		message:
			'Another facilitator has changed this meanwhile. Copy what you want to keep, then reload the page.'
	},
	'workshop-open': { status: 409, message: 'A workshop is open already. Close it first.' },
	'no-such-workshop': { status: 404, message: 'There is no such workshop in this room.' },
	'workshop-not-closed': {
		status: 409,
		message: 'This workshop is still open. Close it first: that makes its report.'
	},
	'no-such-report': {
		status: 404,
		message: 'There is no such report, or it is not shared any more. Ask whoever sent you the link.'
	},
	'too-many-lines': { status: 422, message: 'Write at most 50 lines.' },
	'line-too-long': { status: 422, message: 'Write at most 240 characters in a line.' },
	'lines-changed': {
		status: 409,
		message: 'Somebody has changed these lines meanwhile. Look at theirs, then save yours again.'
	},
	'checkpoint-name-missing': {
		status: 422,
		message: 'Type a name for the checkpoint, such as “Before the break”.'
	},
	'checkpoint-name-too-long': { status: 422, message: 'Choose a name of at most 80 characters.' },
	'too-many-checkpoints': {
		status: 409,
		message: 'This room has 200 checkpoints, which is the most. Choose one of them.'
	},
	'no-such-checkpoint': {
		status: 409,
		message: 'This checkpoint is not in the list. Look at it again.'
	},
	'not-signed-in': { status: 401, message: 'Join this room with its code first.' },
	'not-allowed': {
		status: 403,
		message: 'You are not a member of this room. Ask its facilitator for the code.'
	},
	'no-such-room': { status: 404, message: 'There is no such room, or it has been erased.' },
	'room-in-trash': {
		status: 410,
		message: 'This room is in the trash. Its owner can restore it.'
	},
	'account-needed': { status: 401, message: 'Sign in first.' },
	'no-such-team': {
		status: 404,
		message: 'There is no such team, or you are not in it. Ask an owner of it for an invitation.'
	},
	'team-owners-only': {
		status: 403,
		message: 'Only an owner of the team can do this. Ask one of them.'
	},
	'team-name-missing': { status: 422, message: 'Type a name for the team.' },
	'team-name-too-long': { status: 422, message: 'Choose a name of at most 80 characters.' },
	'too-many-teams': {
		status: 409,
		message: 'You are in 50 teams already. Leave one before you make or join another.'
	},
	'wrong-confirmation': { status: 422, message: 'Type the name exactly as it stands here.' },
	'no-such-member': { status: 404, message: 'This person is no longer in the team.' },
	'last-owner': {
		status: 409,
		message: 'A team needs an owner. Make another member an owner first.'
	},
	'no-such-invite': {
		status: 404,
		message: 'There is no such invitation. Check the link, or ask for a new one.'
	},
	'invite-expired': {
		status: 410,
		message: 'This invitation has expired. Ask whoever sent it for a new one.'
	},
	'invite-revoked': {
		status: 410,
		message: 'This invitation was taken back. Ask whoever sent it for a new one.'
	},
	'invite-used': {
		status: 410,
		message: 'This invitation was for one person and has been used. Ask for a new one.'
	},
	'already-in-team': { status: 409, message: 'You are in this team already.' },
	'team-full': {
		status: 409,
		message: 'This team has 500 members already. One has to leave before you can join.'
	},
	'too-many-invites': {
		status: 409,
		message: 'There are 50 open invitations. Take one back before you make another.'
	},
	'unknown-role': { status: 422, message: 'There is no such role; choose another one.' },
	'too-many-attempts': { status: 429, message: 'Too many attempts. Wait a little and try again.' },
	'cannot-store': {
		status: 503,
		message: 'Nothing can be stored at the moment. Try again in a few seconds.'
	},
	'room-damaged': {
		status: 503,
		message:
			'This board is damaged and was set aside; whoever runs this server can restore it. Other boards are not affected.'
	}
};

export interface RefusalInWords extends Words {
	code: RefusalCode;
	/** Seconds until it is worth trying again. */
	retryAfter: number | undefined;
}

/** What a thrown value says if it is a refusal, else undefined. */
export function refusalOf(thrown: unknown): RefusalInWords | undefined {
	if (!(thrown instanceof Error) || thrown.name !== 'Refusal' || !('code' in thrown)) return;
	if (!isRefusalCode(thrown.code)) return;
	const retryAfter =
		'retryAfter' in thrown && typeof thrown.retryAfter === 'number' ? thrown.retryAfter : undefined;
	return { code: thrown.code, ...REFUSALS[thrown.code], retryAfter };
}

/**
 * Throws a refusal as the page's error, and anything else as it is.
 *
 * ```ts
 * throw asHttpError(cause);
 * ```
 */
export function asHttpError(thrown: unknown): never {
	const refusal = refusalOf(thrown);
	if (refusal === undefined) throw thrown;
	error(refusal.status, { code: refusal.code, message: refusal.message });
}

function isRefusalCode(code: unknown): code is RefusalCode {
	return typeof code === 'string' && Object.hasOwn(REFUSALS, code);
}
