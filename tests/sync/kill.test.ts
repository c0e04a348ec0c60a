import { expect, it } from 'vitest';
import { killWhileEditing } from './kill-while-editing.ts';

it('[S9] after kill -9 everything that was seen or acknowledged is there', async () => {
	const edits = await killWhileEditing({ kills: 5, edits: 150, seed: 1985 });
	expect(edits).toBeGreaterThanOrEqual(750);
}, 60_000);
