/**
 * A workshop put into the database of a running server, beside the server: what its closing leaves is
 * a row, and lines in the record of the room.
 */
import { randomBytes } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import type { App } from './start-app.ts';

export class StoredWorkshop {
	readonly id = randomBytes(16).toString('base64url');
	readonly #db: DatabaseSync;
	readonly #room: string;

	constructor(app: App, room: string, openedAt = new Date()) {
		this.#db = new DatabaseSync(join(app.dataDir, 'detente.sqlite'), { timeout: 5_000 });
		this.#room = room;
		this.#db
			.prepare('insert into workshops (id, room_id, number, opened_at) values (?, ?, 1, ?)')
			.run(this.id, room, openedAt.toISOString());
		this.#mark('opened', openedAt);
	}

	/** Everybody is at this step from then on. */
	step(place: number, title: string, at = new Date()): void {
		this.#note('step', { place, kind: 'board', title, card: null }, at);
	}

	close(at = new Date()): void {
		this.#mark('closed', at);
		this.#db
			.prepare('update workshops set closed_at = ? where id = ?')
			.run(at.toISOString(), this.id);
		this.#db.close();
	}

	#mark(what: string, at: Date): void {
		this.#note('workshop', { workshop: this.id, number: 1, what }, at);
	}

	/** By whoever opened the room, with the reading of the line before it, since it changes nothing. */
	#note(kind: string, became: object, at: Date): void {
		this.#db
			.prepare(
				`insert into history
				   (room_id, person_id, at, kind, became, formula, value, low, high, word, coverage)
				 select room_id, created_by, ?, ?, ?, formula, value, low, high, word, coverage
				 from history join rooms on rooms.id = room_id
				 where room_id = ? order by seq desc limit 1`
			)
			.run(at.toISOString(), kind, JSON.stringify(became), this.#room);
	}
}
