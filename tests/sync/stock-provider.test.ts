import { describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { ROOM, setUp, until } from './sync-fixture.ts';
import { SERVER_CLIENT_ID } from '#sync/people.ts';

function stock(url: string, person: string, doc = new Y.Doc()): WebsocketProvider {
	const provider = new WebsocketProvider(url, ROOM, doc, {
		WebSocketPolyfill: WebSocket as never,
		disableBc: true,
		params: { person }
	});
	onTestFinished(() => provider.destroy());
	return provider;
}

const synced = (provider: WebsocketProvider) => until(() => provider.synced, 'synced');

describe('stock providers', () => {
	it('[W1] synchronise documents both ways', async () => {
		const { server } = await setUp();
		const before = new Y.Doc();
		before.getMap('cards').set('early', 1);
		const ann = stock(server.url, 'ann', before);
		const bob = stock(server.url, 'bob');
		await Promise.all([synced(ann), synced(bob)]);
		await until(() => bob.doc.getMap('cards').get('early') === 1, 'what ann had before');
		bob.doc.getMap('cards').set('late', 2);
		await until(() => ann.doc.getMap('cards').get('late') === 2, 'what bob writes');
		ann.doc.getMap('cards').delete('late');
		await until(() => !bob.doc.getMap('cards').has('late'), 'the deletion');
	});

	it('[W1] [P2] hear each other, and from the server who they are', async () => {
		const { server } = await setUp();
		const ann = stock(server.url, 'ann');
		const bob = stock(server.url, 'bob');
		ann.awareness.setLocalState({ cursor: 1, name: 'the Queen' });
		bob.awareness.setLocalState({ cursor: 2 });
		const heard = () => ann.awareness.getStates().get(bob.doc.clientID)?.cursor === 2;
		await until(heard, "bob's cursor");
		await until(() => bob.awareness.getStates().get(ann.doc.clientID)?.cursor === 1);
		const directory = () => bob.awareness.getStates().get(SERVER_CLIENT_ID)?.people;
		await until(() => directory()?.[ann.doc.clientID]?.name === 'Name of ann', 'the directory');
		ann.disconnect();
		await until(() => !bob.awareness.getStates().has(ann.doc.clientID), 'ann gone');
		await until(() => directory()?.[ann.doc.clientID] === undefined, 'ann out of the directory');
	});

	it('[P4] show again at once when they come back', async () => {
		const { server } = await setUp();
		const ann = stock(server.url, 'ann');
		const bob = stock(server.url, 'bob');
		ann.awareness.setLocalState({ cursor: 1 });
		await until(() => bob.awareness.getStates().has(ann.doc.clientID), 'ann');
		(ann.ws as unknown as WebSocket).terminate();
		await until(() => !bob.awareness.getStates().has(ann.doc.clientID), 'ann gone');
		await until(() => bob.awareness.getStates().get(ann.doc.clientID)?.cursor === 1, 'ann back');
		ann.awareness.setLocalState({ cursor: 3 });
		await until(() => bob.awareness.getStates().get(ann.doc.clientID)?.cursor === 3, 'ann moves');
	});

	it('[W5] hear from the server although they are alone', async () => {
		const { server } = await setUp({ limits: { awarenessRenewMs: 30 } });
		const ann = stock(server.url, 'ann');
		await synced(ann);
		ann.awareness.setLocalState(null);
		let heard = 0;
		(ann.ws as unknown as WebSocket).addEventListener('message', () => (heard += 1));
		await until(() => heard > 5, 'renewals');
		expect(ann.wsconnected).toBe(true);
	});
});
