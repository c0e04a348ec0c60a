import { expect, it } from 'vitest';
import { killWhileEditing } from '../sync/kill-while-editing.ts';

it('[S9] fifty kills amid ten thousand edits lose nothing that was seen or acknowledged', async () => {
	const edits = await killWhileEditing({ kills: 50, edits: 220, seed: 20_210_616 });
	console.log(`${edits} edits`);
	expect(edits).toBeGreaterThanOrEqual(10_000);
}, 600_000);
