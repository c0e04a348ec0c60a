import { once } from 'node:events';
import { SMTPServer } from 'smtp-server';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createLog } from '../log.ts';
import { createOutbox } from '../mail/outbox.ts';
import { ANA, BEN, openWorld, refusal, VISITOR } from './testing.ts';

const ORIGIN = 'https://board.example.org';

interface Mail {
	to: string[];
	from: string;
	text: string;
}

/** A mail server that takes everything, or refuses every recipient. */
async function startMailServer({ refuses = false } = {}) {
	const mails: Mail[] = [];
	const server = new SMTPServer({
		authOptional: true,
		disabledCommands: ['STARTTLS'],
		onRcptTo: (_address, _session, done) =>
			done(refuses ? new Error('no such user ana@example.org') : null),
		onData(stream, { envelope }, done) {
			let text = '';
			stream.setEncoding('utf8').on('data', (part: string) => (text += part));
			stream.on('end', () => {
				const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
				mails.push({ to: envelope.rcptTo.map(({ address }) => address), from, text });
				done();
			});
		}
	});
	server.listen(0, '127.0.0.1');
	await once(server.server, 'listening');
	onTestFinished(() => new Promise((resolve) => server.close(resolve)));
	const address = server.server.address();
	const port = typeof address === 'object' && address !== null ? address.port : 0;
	return { mails, url: `smtp://127.0.0.1:${port}` };
}

async function open(options: { delayMs?: readonly [number, number]; refuses?: boolean } = {}) {
	const { mails, url } = await startMailServer(options);
	const logged: string[] = [];
	const log = createLog('silent');
	log.error = (...args: unknown[]) => void logged.push(JSON.stringify(args));
	const { delayMs = [0, 0] } = options;
	const outbox = createOutbox({ smtpUrl: url, from: 'board@example.org', log, delayMs });
	onTestFinished(() => outbox.close());
	return { ...(await openWorld('sqlite', { outbox, origin: ORIGIN })), mails, logged };
}

describe('a forgotten password', () => {
	it('brings a mail with a link that works, to the account’s own address', async () => {
		const { recovery, accounts, mails, enter } = await open();
		await enter(ANA);
		expect(recovery.sendsMail).toBe(true);
		await recovery.request('192.0.2.7', ' ANA@example.org ');
		await vi.waitFor(() => expect(mails).toHaveLength(1));
		expect(mails[0]).toMatchObject({ to: [ANA.email], from: 'board@example.org' });
		const text = mails[0]!.text.replace(/=\r\n/g, '');
		const token = /https:\/\/board\.example\.org\/reset\/([A-Za-z0-9_-]{43})\r?\n/.exec(text)?.[1];
		await recovery.reset(VISITOR, token!, 'entirely new words');
		await accounts.signIn(VISITOR, { ...ANA, password: 'entirely new words' });
	});

	it('brings nothing to an address without an account', async () => {
		const { db, recovery, mails, enter } = await open();
		await enter(ANA);
		await recovery.request('192.0.2.7', BEN.email);
		await recovery.request('192.0.2.7', ANA.email);
		// One after the other, so the second tells that the first is through.
		await vi.waitFor(() => expect(mails).toHaveLength(1));
		expect(mails[0]!.to).toEqual([ANA.email]);
		expect(await db.selectFrom('password_resets').selectAll().execute()).toHaveLength(1);
	});

	it('is answered before anything is looked up, stored or sent', async () => {
		const { db, recovery, mails, enter } = await open({ delayMs: [300, 300] });
		await enter(ANA);
		const asked = vi.spyOn(db, 'selectFrom');
		const made = vi.spyOn(db, 'transaction');
		await recovery.request('192.0.2.7', ANA.email);
		await recovery.request('192.0.2.7', BEN.email);
		expect(asked).not.toHaveBeenCalled();
		expect(made).not.toHaveBeenCalled();
		await vi.waitFor(() => expect(mails).toHaveLength(1), 5_000);
	});

	it('is asked for three times an hour for an address, whether or not it has an account', async () => {
		const { recovery, enter } = await open({ delayMs: [60_000, 60_000] });
		await enter(ANA);
		for (const email of [ANA.email, BEN.email]) {
			for (let n = 0; n < 3; n++) await recovery.request(`198.51.100.${n}`, email);
			expect(await refusal(recovery.request('198.51.100.9', email))).toBe('too-many-attempts');
		}
	});

	it('is asked for twenty times an hour from one network address', async () => {
		const { recovery } = await open({ delayMs: [60_000, 60_000] });
		for (let n = 0; n < 20; n++) await recovery.request('192.0.2.7', `p${n}@example.org`);
		expect(await refusal(recovery.request('192.0.2.7', 'q@example.org'))).toBe('too-many-attempts');
		await recovery.request('192.0.2.8', 'q@example.org');
	});

	it('is asked for with an address, and with nothing that would become another header', async () => {
		const { recovery } = await open();
		for (const email of ['', 'ana', 'a@b.org\r\nBcc: x@y.org', 'a@b.org, x@y.org']) {
			expect(await refusal(recovery.request('192.0.2.7', email))).toBe('email-invalid');
		}
	});

	it('whose mail is not taken is logged without the address', async () => {
		const { recovery, logged, enter } = await open({ refuses: true });
		await enter(ANA);
		await recovery.request('192.0.2.7', ANA.email);
		await vi.waitFor(() => expect(logged).toHaveLength(1));
		expect(logged[0]).toContain('a mail could not be sent');
		expect(logged[0]).toContain('EENVELOPE');
		expect(logged[0]).not.toContain('ana');
		expect(logged[0]).not.toContain('reset/');
	});

	it('brings nothing where no mail is sent', async () => {
		const { db, recovery, enter } = await openWorld('sqlite');
		await enter(ANA);
		expect(recovery.sendsMail).toBe(false);
		await recovery.request('192.0.2.7', ANA.email);
		expect(await db.selectFrom('password_resets').selectAll().execute()).toEqual([]);
	});
});
