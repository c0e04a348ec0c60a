/** The server asks nothing of other hosts: whoever gives it an address cannot send it there. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

/** Ways in which Node reaches out. */
const OUT =
	/\bfetch\(|\b(?:https?|net|tls|dgram)\.(?:request|get|connect|createConnection|createSocket)\(|new WebSocket\(|XMLHttpRequest|\bundici\b|\bnodemailer\b/;
/** Mail goes to the one server that is configured. */
const MAIL = 'server/mail/outbox.ts';

function sources(folder: string, of: RegExp): string[] {
	return readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.map((name) => join(folder, name))
		.filter((file) => of.test(file) && !/\.test\.ts$/.test(file));
}

it('no module of the server or of the pages’ server side reaches another host', () => {
	const files = [
		...sources('server', /\.ts$/),
		...sources('src/lib/server', /\.ts$/),
		...sources('src/routes', /\.server\.ts$|\+server\.ts$/),
		'src/hooks.server.ts'
	];
	expect(files.length).toBeGreaterThan(100);
	expect(files.filter((file) => OUT.test(readFileSync(file, 'utf8')))).toEqual([MAIL]);
});
