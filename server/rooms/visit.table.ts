/** When somebody signed in was last in a room. */
export interface RoomVisitTable {
	user_id: string;
	room_id: string;
	visited_at: string;
}
