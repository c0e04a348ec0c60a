import { DatabaseSync } from 'node:sqlite';
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { contains } from '../sync/sync-client.ts';
import { setUp, storedDocument, until } from '../sync/sync-fixture.ts';

const LOCKED_MS = 30_000;

it('[S5] half a minute of a locked database: nothing is acknowledged or lost', async () => {
	const { connect, db } = await setUp();
	const files = await sql<{ file: string }>`pragma database_list`.execute(db);
	const other = new DatabaseSync(files.rows[0]?.file ?? '');
	const ann = connect('person=ann&ack=1');
	const bob = connect('person=bob&ack=1');
	await until(() => [ann, bob].every((each) => each.isSynchronised && each.isSaved));
	const before = ann.stored;

	other.exec('begin immediate');
	const start = performance.now();
	let edits = 0;
	while (performance.now() - start < LOCKED_MS) {
		ann.doc.getMap('cards').set(`k${edits % 50}`, edits);
		if (edits % 7 === 0) ann.doc.getMap('cards').delete(`k${(edits + 3) % 50}`);
		edits += 1;
		await new Promise((resolve) => setTimeout(resolve, 20));
	}
	expect(ann.stored).toBe(before);
	expect(ann.storage.at(-1)).toBe(1);
	expect(bob.doc.getMap('cards').size).toBe(0);
	expect([ann.closeCode, bob.closeCode]).toEqual([undefined, undefined]);

	other.exec('rollback');
	other.close();
	await until(() => ann.isSaved && ann.storage.at(-1) === 0, 'stored after all');
	await until(() => contains(bob.doc, ann.doc));
	expect(contains(await storedDocument(db), ann.witness)).toBe(true);
	console.log(`${edits} edits while it was locked`);
}, 60_000);
