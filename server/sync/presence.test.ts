import * as decoding from 'lib0/decoding';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SERVER_CLIENT_ID, type PublicPerson, type ServerState } from '#sync/people.ts';
import type { RoundState } from '#rounds/round-state.ts';
import { PROGRESS_CLIENT_ID } from '#stage/progress.ts';
import { EMPTY_STAGE, STAGE_CLIENT_ID, type StageState } from '#stage/stage-state.ts';
import { LIMITS } from './limits.ts';
import { Presence, type Participant } from './presence.ts';
import { encodeAwareness } from './protocol.ts';

type Entry = [clientId: number, clock: number, state: Record<string, unknown> | null];

interface Someone extends Participant {
	superseded: ReturnType<typeof vi.fn<() => void>>;
}

function someone(id: string): Someone {
	const person: PublicPerson = { id, name: id, colour: 0, role: 'editor' };
	return { person, superseded: vi.fn<() => void>() };
}

function frameOf(...entries: Entry[]): Uint8Array {
	const states = entries.map(([clientId, clock, state]) => ({
		clientId,
		clock,
		json: new TextEncoder().encode(JSON.stringify(state))
	}));
	const decoder = decoding.createDecoder(encodeAwareness(states));
	decoding.readVarUint(decoder);
	return decoding.readVarUint8Array(decoder);
}

function entriesOf(frame: Uint8Array): Entry[] {
	const outer = decoding.createDecoder(frame);
	decoding.readVarUint(outer);
	const decoder = decoding.createDecoder(decoding.readVarUint8Array(outer));
	return Array.from({ length: decoding.readVarUint(decoder) }, (): Entry => [
		decoding.readVarUint(decoder),
		decoding.readVarUint(decoder),
		JSON.parse(decoding.readVarString(decoder)) as Entry[2]
	]);
}

/** An open round of as many cards, each placed by that many. */
function stageWith(...placed: number[]): StageState {
	const cards = placed.map((count, index) => ({
		...{ id: `c${index}`, placed: count, outcome: null, decision: null, column: null }
	}));
	const round: RoundState = {
		...{ id: 'r1', number: 1, state: 'open', isNamed: false, ends: 'asked', endsAt: null },
		...{ least: 3, consensus: 0.75, isRepeat: false, openedAt: '', closedAt: null },
		...{ columns: null, cards }
	};
	return { ...EMPTY_STAGE, round };
}

/** Without the server's own. */
const ofPeople = (entries: Entry[]) => entries.filter(([id]) => id !== SERVER_CLIENT_ID);

describe('presence', () => {
	let presence: Presence<Someone>;
	const published: { entries: Entry[]; except: Someone | undefined }[] = [];

	beforeEach(() => {
		vi.useFakeTimers();
		published.length = 0;
		presence = new Presence<Someone>(
			(frame, except) => published.push({ entries: entriesOf(frame), except }),
			LIMITS
		);
	});
	afterEach(() => {
		presence.close();
		vi.useRealTimers();
	});
	const tick = () => vi.advanceTimersByTime(LIMITS.awarenessTickMs);

	it('[P5] gathers changes into one frame a tick, the newest of each', () => {
		const [ann, bob] = [someone('ann'), someone('bob')];
		for (let clock = 1; clock <= 20; clock++) {
			presence.receive(ann, frameOf([1, clock, { x: clock }]));
			presence.receive(bob, frameOf([2, clock, { x: -clock }]));
		}
		expect(published).toHaveLength(0);
		tick();
		expect(published).toHaveLength(1);
		expect(ofPeople(published[0]!.entries)).toEqual([
			[1, 20, { x: 20 }],
			[2, 20, { x: -20 }]
		]);
		presence.receive(ann, frameOf([1, 21, { x: 21 }]));
		tick();
		expect(published[1]).toEqual({ entries: [[1, 21, { x: 21 }]], except: ann });
	});

	it('[K1] tells the stage whole, but of a round that is only further how far it is', () => {
		const ofStage = () => published.at(-1)?.entries.filter(([id]) => id > 2 ** 31) ?? [];
		const joining = () => entriesOf(presence.encodeAll()).find(([id]) => id === STAGE_CLIENT_ID);
		presence.setStage(stageWith(0, 0));
		tick();
		expect(ofStage()).toEqual([[STAGE_CLIENT_ID, expect.any(Number), stageWith(0, 0)]]);

		presence.setStage(stageWith(1, 0));
		presence.setStage(stageWith(2, 5));
		tick();
		const progress = { round: 'r1', placed: [2, 5] };
		expect(ofStage()).toEqual([[PROGRESS_CLIENT_ID, expect.any(Number), progress]]);
		expect(joining()?.[2]).toEqual(stageWith(2, 5));

		const frames = published.length;
		presence.setStage(stageWith(2, 5));
		tick();
		expect(published).toHaveLength(frames);

		const message = 'Two more minutes';
		presence.setStage({ ...stageWith(3, 5), message });
		tick();
		const told = { ...stageWith(3, 5), message };
		expect(ofStage()).toEqual([[STAGE_CLIENT_ID, expect.any(Number), told]]);
	});

	it('[P1] skips what somebody says of others, unread', () => {
		const [ann, bob] = [someone('ann'), someone('bob')];
		presence.receive(ann, frameOf([1, 1, {}]));
		presence.receive(bob, frameOf([2, 1, {}], [1, 99, { forged: true }], [7, 1, {}]));
		presence.receive(bob, frameOf([1, 99, null]));
		tick();
		expect(ofPeople(published[0]!.entries)).toEqual([
			[1, 1, {}],
			[2, 1, {}]
		]);
		expect(presence.ownerOf(1)).toBe(ann);
		expect(presence.ownerOf(7)).toBeUndefined();
	});

	it('[P4] tells at once who has left, and lets them come back with the same clock', () => {
		const ann = someone('ann');
		presence.receive(ann, frameOf([1, 5, { x: 1 }]));
		tick();
		presence.leave(ann);
		tick();
		expect(ofPeople(published[1]!.entries)).toEqual([[1, 6, null]]);
		presence.receive(someone('ann'), frameOf([1, 5, { x: 1 }]));
		tick();
		expect(ofPeople(published[2]!.entries)).toEqual([[1, 7, { x: 1 }]]);
	});

	it('[P3] gives a client id to the newer connection of the same person', () => {
		const [old, anew] = [someone('ann'), someone('ann')];
		presence.receive(old, frameOf([1, 5, { x: 1 }]));
		presence.receive(anew, frameOf([1, 5, { x: 2 }]));
		expect(old.superseded).toHaveBeenCalledOnce();
		presence.leave(old);
		tick();
		expect(ofPeople(published[0]!.entries)).toEqual([[1, 6, { x: 2 }]]);
	});

	it('[P1] reserves the id of somebody who left for a minute, and forgets it then', () => {
		const eve = someone('eve');
		const ann = someone('ann');
		presence.receive(ann, frameOf([1, 5, {}]));
		presence.leave(ann);
		presence.receive(eve, frameOf([1, 9, {}]));
		expect(presence.ownerOf(1)).toBeUndefined();
		vi.advanceTimersByTime(LIMITS.awarenessReserveMs + LIMITS.awarenessRenewMs);
		presence.receive(eve, frameOf([1, 9, {}]));
		expect(presence.ownerOf(1)).toBe(eve);
	});

	it('[P7] refuses a clock that jumps, and one that begins beyond reach', () => {
		const [ann, eve] = [someone('ann'), someone('eve')];
		presence.receive(ann, frameOf([1, 5, { x: 1 }]));
		presence.receive(ann, frameOf([1, 5 + LIMITS.maxAwarenessRise, { x: 2 }]));
		expect(() => presence.receive(ann, frameOf([1, 2 ** 40, { x: 3 }]))).toThrow('jumps');
		expect(() => presence.receive(eve, frameOf([2, 2 ** 52, {}]))).toThrow('too high');
		expect(presence.ownerOf(2)).toBeUndefined();
	});

	it('[P7] keeps no more of 10,000 who came and went than it may', () => {
		for (let round = 0; round < 10_000; round++) {
			const guest = someone(`guest-${round}`);
			presence.receive(guest, frameOf([10 + round, 1, {}]));
			presence.leave(guest);
			if (round % 100 === 0) tick();
		}
		tick();
		expect(presence.encodeAll().byteLength).toBeLessThan(100);
		expect(presence.reservedCount).toBeLessThanOrEqual(LIMITS.maxReservedIds);
		vi.advanceTimersByTime(LIMITS.awarenessReserveMs + LIMITS.awarenessRenewMs);
		expect(presence.reservedCount).toBe(0);
	});

	it('[P8] names everybody the more rarely, the more there are, and in the end all of them', () => {
		const COUNT = 400;
		for (let id = 1; id <= COUNT; id++) {
			presence.receive(someone(`p${id}`), frameOf([id, 1, {}]));
			if (id % 4 === 0) tick();
		}
		const directories = () =>
			published.flatMap(({ entries }) => entries.filter(([id]) => id === SERVER_CLIENT_ID));
		expect(directories().length).toBeLessThan(30);
		vi.advanceTimersByTime(COUNT * LIMITS.directoryMsPerPerson + LIMITS.awarenessTickMs);
		const { people } = directories().at(-1)![2] as unknown as ServerState;
		expect(Object.keys(people)).toHaveLength(COUNT);
		const sent = published.length;
		vi.advanceTimersByTime(5_000);
		expect(published.length).toBe(sent);
	});

	it('[W5] renews the directory', () => {
		vi.advanceTimersByTime(2 * LIMITS.awarenessRenewMs + LIMITS.awarenessTickMs);
		const clocks = published.map(({ entries }) => entries[0]![1]);
		expect(clocks).toHaveLength(2);
		expect(clocks[1]).toBeGreaterThan(clocks[0]!);
	});

	it.each([
		['no JSON', '{'],
		['no object', '3']
	])('[P6] refuses a state that is %s', (_, json) => {
		const states = [{ clientId: 1, clock: 1, json: new TextEncoder().encode(json) }];
		const decoder = decoding.createDecoder(encodeAwareness(states));
		decoding.readVarUint(decoder);
		const frame = decoding.readVarUint8Array(decoder);
		expect(() => presence.receive(someone('eve'), frame)).toThrow();
	});
});
