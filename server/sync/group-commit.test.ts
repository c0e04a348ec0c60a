import { pino } from 'pino';
import { describe, expect, it, vi } from 'vitest';
import type { Database } from '../database/database.ts';
import { openTestDatabase } from '../database/open-test-databases.ts';
import { GroupCommit, ImpossibleAppend } from './group-commit.ts';
import { LIMITS } from './limits.ts';
import { loadRoom, type LogEntry } from './update-log.ts';
import { addRoom } from '../../tests/sync/sync-server.ts';

async function setUp(): Promise<{ db: Database; writer: GroupCommit }> {
	const db = await openTestDatabase();
	for (const id of ['a', 'b']) await addRoom(db, id);
	const limits = { ...LIMITS, retryMs: 5, maxRetryMs: 20 };
	return { db, writer: new GroupCommit(db, pino({ level: 'silent' }), limits) };
}

const entry = (roomId: string, seq: number): LogEntry => ({
	roomId,
	seq,
	data: Uint8Array.of(seq)
});

describe('the writer', () => {
	it('[S1] puts what comes together, or while it commits, into one transaction', async () => {
		const { db, writer } = await setUp();
		const insertInto = db.insertInto.bind(db);
		const inserts = vi.spyOn(db, 'insertInto');
		let meanwhile: Promise<void>[] = [];
		inserts.mockImplementationOnce((table) => {
			meanwhile = [3, 4, 5].map((seq) => {
				return writer.append([entry('a', seq), entry('b', seq - 1)]);
			});
			return insertInto(table);
		});
		await Promise.all([
			writer.append([entry('a', 1)]),
			writer.append([entry('a', 2), entry('b', 1)])
		]);
		await Promise.all(meanwhile);
		expect(meanwhile.length).toBe(3);
		expect(inserts).toHaveBeenCalledTimes(2);
		expect((await loadRoom(db, 'a')).seq).toBe(5);
		expect((await loadRoom(db, 'b')).seq).toBe(4);
	});

	it('[S5] tries again until it succeeds, in order, and says so', async () => {
		const { db, writer } = await setUp();
		const said: boolean[] = [];
		writer.onStoring((storing) => said.push(storing));
		const failing = vi.spyOn(db, 'insertInto').mockImplementation(() => {
			throw Object.assign(new Error('database or disk is full'), { errcode: 13 });
		});
		let resolved = 0;
		const appends = [1, 2, 3].map((seq) =>
			writer.append([entry('a', seq)]).then(() => expect(++resolved).toBe(seq))
		);
		await vi.waitFor(() => expect(failing.mock.calls.length).toBeGreaterThan(3));
		expect([resolved, writer.storing]).toEqual([0, false]);
		failing.mockRestore();
		await Promise.all(appends);
		expect(said).toEqual([false, true]);
		expect((await loadRoom(db, 'a')).seq).toBe(3);
	});

	it('[S8] refuses the impossible rows of one room and commits the others', async () => {
		const { db, writer } = await setUp();
		const before = writer.append([entry('a', 1)]);
		const orphan = writer.append([entry('nowhere', 1)]);
		const twice = writer.append([entry('a', 1)]);
		const fine = writer.append([entry('b', 1)]);
		await expect(orphan).rejects.toMatchObject({ name: 'ImpossibleAppend', roomIsGone: true });
		await expect(twice).rejects.toMatchObject({ name: 'ImpossibleAppend', roomIsGone: false });
		await Promise.all([before, fine]);
		expect(writer.storing).toBe(true);
		expect((await loadRoom(db, 'b')).seq).toBe(1);
	});

	it('[R3] gives up when it is stopped', async () => {
		const { db, writer } = await setUp();
		vi.spyOn(db, 'insertInto').mockImplementation(() => {
			throw new Error('no disk');
		});
		const append = writer.append([entry('a', 1)]);
		await vi.waitFor(() => expect(writer.storing).toBe(false));
		writer.stop();
		await expect(append).rejects.toThrow();
		await expect(append).rejects.not.toBeInstanceOf(ImpossibleAppend);
	});

	it('[S7] bounds what it holds', async () => {
		const { writer } = await setUp();
		expect(writer.hold(LIMITS.maxUnstoredBytes)).toBe(true);
		expect(writer.hold(1)).toBe(false);
		writer.release(1);
		expect(writer.hold(1)).toBe(true);
	});
});
