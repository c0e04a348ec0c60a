/** A board with a long past takes seconds to make: it is kept among the results. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { editedBoard } from '../client/edits.ts';

const FOLDER = new URL('../results/', import.meta.url);

export async function pastOf(cards: number, edits: number): Promise<Uint8Array> {
	const file = new URL(`board-${cards}-${edits}.bin`, FOLDER);
	try {
		return await readFile(file);
	} catch {
		const board = editedBoard(cards, edits);
		await mkdir(FOLDER, { recursive: true });
		await writeFile(file, board);
		return board;
	}
}
