import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import * as Y from 'yjs';
import { SyncClient } from '../sync/sync-client.ts';
import { setUp, until } from '../sync/sync-fixture.ts';
import { addRoom } from '../sync/sync-server.ts';

const ROOMS = 10_000;
const AT_ONCE = 50;
/** Everything that is made once is made by then. */
const WARM = 1_000;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

async function heldBytes(): Promise<number> {
	for (let round = 0; round < 3; round++) {
		collect();
		await new Promise((resolve) => setTimeout(resolve, 50));
	}
	const { heapUsed, external } = process.memoryUsage();
	return heapUsed + external;
}

it('[R2] ten thousand rooms opened and closed leave memory as it was', async () => {
	const { db, server } = await setUp({ limits: { roomIdleMs: 1 } });
	const open = async (number: number) => {
		const room = `many-${number}`;
		await addRoom(db, room);
		const doc = new Y.Doc();
		const client = new SyncClient(`${server.url}/${room}?person=ann&ack=1`, doc);
		await until(() => client.isSynchronised);
		client.sendState(doc.clientID, 1, { at: 'home' });
		doc.getMap('cards').set('a', 'x'.repeat(2_000));
		await until(() => client.isSaved);
		client.close();
	};
	let start = 0;
	for (let number = 0; number < ROOMS + WARM; number += AT_ONCE) {
		await Promise.all(Array.from({ length: AT_ONCE }, (_, index) => open(number + index)));
		if (number + AT_ONCE === WARM) {
			await until(() => server.liveRooms.loaded.length === 0);
			start = await heldBytes();
		}
	}
	await until(() => server.liveRooms.loaded.length === 0);
	const end = await heldBytes();
	console.log(`held: ${(start / 1e6).toFixed(1)} MB before, ${(end / 1e6).toFixed(1)} MB after`);
	expect(end).toBeLessThan(1.1 * start);
}, 600_000);
