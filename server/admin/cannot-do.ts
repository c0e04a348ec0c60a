/** Why something that whoever runs the server asked for cannot be done, as one sentence. */
export class CannotDo extends Error {
	override readonly name = 'CannotDo';
}
