import { afterEach, describe, expect, it, vi } from 'vitest';
import { openTestDatabase } from '../database/open-test-databases.ts';
import { eraseExpiredSessions, Sessions } from './sessions.ts';
import { insertUser } from './user.repository.ts';

const DAY_MS = 86_400_000;
const START = Date.parse('2026-03-01T12:00:00Z');

describe('a session', () => {
	afterEach(() => vi.useRealTimers());

	async function open() {
		const db = await openTestDatabase();
		vi.useFakeTimers({ toFake: ['Date'], now: START });
		const sessions = new Sessions(db);
		const created_at = new Date().toISOString();
		for (const id of ['ana', 'ben']) {
			const email = `${id}@example.org`;
			await insertUser(db, { id, email, name: id, colour: 1, password_hash: null, created_at });
		}
		return { db, sessions };
	}
	const days = (count: number) => vi.setSystemTime(START + count * DAY_MS);

	it('lasts 30 days, and longer when it is used in their second half', async () => {
		const { sessions } = await open();
		const { id } = await sessions.start('ana', 'Firefox');
		days(14);
		expect((await sessions.find(id))?.renewed).toBeNull();
		days(16);
		expect((await sessions.find(id))?.renewed?.expires.getTime()).toBe(START + 46 * DAY_MS);
		days(45);
		expect(await sessions.find(id)).not.toBeNull();
		days(76);
		expect(await sessions.find(id)).toBeNull();
	});

	it('is listed with its device and last use, and ended by its handle by its owner alone', async () => {
		const { sessions } = await open();
		const one = await sessions.start('ana', 'Firefox');
		days(1);
		const other = await sessions.start('ana', 'Safari');
		const listed = await sessions.list('ana');
		expect(listed.map(({ device }) => device)).toEqual(['Safari', 'Firefox']);
		await sessions.find(one.id);
		expect((await sessions.list('ana'))[0]).toMatchObject({
			usedAt: new Date(START + DAY_MS).toISOString(),
			createdAt: listed[1]!.createdAt
		});
		const handle = listed[0]!.handle;
		expect(await sessions.find(handle)).toBeNull();
		await sessions.endOne('ben', handle);
		expect(await sessions.find(other.id)).not.toBeNull();
		await sessions.endOne('ana', handle);
		expect(await sessions.find(other.id)).toBeNull();
		expect(await sessions.find(one.id)).not.toBeNull();
	});

	it('ends with all the others, but for the one that is kept', async () => {
		const { sessions } = await open();
		const passes = [];
		for (const user of ['ana', 'ana', 'ana', 'ben']) passes.push(await sessions.start(user, 'x'));
		const kept = (await sessions.find(passes[0]!.id))!.handle;
		await sessions.endAll('ana', kept);
		const open1 = await Promise.all(passes.map(({ id }) => sessions.find(id)));
		expect(open1.map((session) => session?.user.id)).toEqual(['ana', undefined, undefined, 'ben']);
		await sessions.endAll('ana');
		expect(await sessions.find(passes[0]!.id)).toBeNull();
	});

	it('is erased once it has expired', async () => {
		const { db, sessions } = await open();
		await sessions.start('ana', 'x');
		days(31);
		await sessions.start('ben', 'x');
		await eraseExpiredSessions(db, new Date());
		const left = await db.selectFrom('sessions').select('user_id').execute();
		expect(left).toEqual([{ user_id: 'ben' }]);
	});
});
