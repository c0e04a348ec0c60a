/** Many pages come back after a restart: all of them, soon, and not all at once. */
import { expect, it, onTestFinished } from 'vitest';
import * as Y from 'yjs';
import { openTestDatabase } from '../../server/database/open-test-databases.ts';
import { RoomProvider } from '../../src/lib/room/provider.ts';
import { ROOM } from '../sync/sync-fixture.ts';
import { addRoom, startSyncServer } from '../sync/sync-server.ts';

const PAGES = 500;
/** Of these, those who did something meanwhile: each edit is applied by every page, all in this process. */
const EDITORS = 50;
/** Down for as long as a restart takes. */
const DOWN_MS = 2_000;
const SOON_MS = 30_000;

it('[R3] five hundred pages are back and synchronised within half a minute of a restart', async () => {
	const db = await openTestDatabase();
	await addRoom(db, ROOM);
	const first = await startSyncServer(db);
	const pages = Array.from({ length: PAGES }, (_, number) => {
		const origin = `http://127.0.0.1:${first.port}`;
		const room = { id: ROOM, epoch: 1 };
		const provider = new RoomProvider(origin, room, new Y.Doc(), () => undefined);
		provider.params = { ...provider.params, person: `p${number}` };
		onTestFinished(() => provider.destroy());
		provider.connect();
		return provider;
	});
	await reached(() => pages.every((page) => page.synced), 30_000);
	await first.stop();
	await reached(() => pages.every((page) => !page.wsconnected), 10_000);
	for (const [number, page] of pages.slice(0, EDITORS).entries()) {
		page.doc.getMap('cards').set(`k${number}`, 1);
	}
	await new Promise((resolve) => setTimeout(resolve, DOWN_MS));

	const arrivals: number[] = [];
	for (const page of pages) {
		page.on('status', ({ status }) => {
			if (status === 'connected') arrivals.push(performance.now());
		});
	}
	const start = performance.now();
	const second = await startSyncServer(db, { port: first.port });
	onTestFinished(() => second.stop());
	await reached(() => pages.every((page) => page.doc.getMap('cards').size === EDITORS), SOON_MS);
	const took = performance.now() - start;
	const busiest = Math.max(...countsBySecond(arrivals.map((at) => at - start)));
	console.log(`all back after ${(took / 1_000).toFixed(1)} s, at most ${busiest} in one second`);
	expect(took).toBeLessThan(SOON_MS);
	expect(busiest).toBeLessThan(PAGES / 2);
}, 120_000);

function countsBySecond(times: readonly number[]): number[] {
	const counts: number[] = [];
	for (const time of times) {
		const second = Math.floor(time / 1_000);
		counts[second] = (counts[second] ?? 0) + 1;
	}
	return Array.from(counts, (count) => count ?? 0);
}

async function reached(condition: () => boolean, ms: number): Promise<void> {
	const end = performance.now() + ms;
	while (!condition()) {
		if (performance.now() > end) throw new Error(`not within ${ms / 1_000} s`);
		await new Promise((resolve) => setTimeout(resolve, 50));
	}
}
