/** Why the server cannot start, as sentences for the person who starts it. No stack is shown. */
export class CannotStart extends Error {
	override readonly name = 'CannotStart';
	readonly sentences: readonly string[];

	constructor(...sentences: string[]) {
		super(sentences.join('\n'));
		this.sentences = sentences;
		// Vite prints the stack of what stops `npm run dev`.
		this.stack = this.message;
	}
}
