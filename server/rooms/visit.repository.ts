import type { Database } from '../database/database.ts';

export async function noteVisit(
	db: Database,
	userId: string,
	roomId: string,
	at: Date
): Promise<void> {
	const visited_at = at.toISOString();
	await db
		.insertInto('room_visits')
		.values({ user_id: userId, room_id: roomId, visited_at })
		.onConflict((conflict) => conflict.columns(['user_id', 'room_id']).doUpdateSet({ visited_at }))
		.execute();
}
