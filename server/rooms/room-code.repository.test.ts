import { describe, expect, it } from 'vitest';
import { openTestDatabase } from '../database/open-test-databases.ts';
import { findCode, insertCode } from './room-code.repository.ts';
import { insertRoom } from './room.repository.ts';

describe('a new code', () => {
	it('is drawn again when it is taken', async () => {
		const db = await openTestDatabase();
		const at = new Date('2026-03-01T12:00:00Z');
		const expires = new Date('2026-03-31T12:00:00Z');
		for (const id of ['r1', 'r2']) {
			const created_at = at.toISOString();
			await insertRoom(db, {
				id,
				template: 'blank',
				created_by: 'p',
				created_at,
				expires_at: null
			});
		}
		const drawn = ['AAAAAAAA', 'AAAAAAAA', 'AAAAAAAA', 'BBBBBBBB'];
		const draw = () => drawn.shift() ?? 'AAAAAAAA';
		const room = (id: string) => ({ id, role: 'editor' as const, at, expires });
		expect(await insertCode(db, room('r1'), draw)).toBe('AAAAAAAA');
		expect(await insertCode(db, room('r2'), draw)).toBe('BBBBBBBB');
		expect(await findCode(db, 'AAAAAAAA')).toMatchObject({ room_id: 'r1' });
		await expect(insertCode(db, room('r2'), draw)).rejects.toThrow('No free room code');
	});
});
