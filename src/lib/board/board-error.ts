/** What an operation throws instead of writing something impossible; nothing was changed then. */

export type BoardErrorCode =
	| 'unknown-card'
	| 'unknown-column'
	| 'unknown-theme'
	| 'unknown-evidence'
	/** A nested text or list of the card was overwritten by a foreign client. */
	| 'damaged-board'
	| 'too-few-columns'
	| 'too-many-columns'
	| 'too-many-themes'
	| 'too-many-cards'
	| 'too-many-evidence'
	| 'text-too-long'
	| 'invalid-text'
	| 'invalid-choice'
	| 'invalid-number'
	| 'invalid-date'
	| 'invalid-url'
	| 'invalid-template';

export class BoardError extends Error {
	readonly code: BoardErrorCode;

	constructor(code: BoardErrorCode, message: string) {
		super(message);
		this.name = 'BoardError';
		this.code = code;
	}
}
