import { describe, expect, it } from 'vitest';
import { DIALECTS, type Dialect } from '../database/open-test-databases.ts';
import { PASSKEYS_MAX } from './passkeys.ts';
import { SoftwareAuthenticator, type Lies } from './software-authenticator.ts';
import { ANA, BEN, openWorld, refusal, VISITOR } from './testing.ts';

const ORIGIN = 'https://board.example.org';
const { password } = ANA;

async function open(dialect: Dialect = 'sqlite') {
	const world = await openWorld(dialect);
	const { passkeys, enter } = world;
	const ana = await enter(ANA);
	const device = new SoftwareAuthenticator(ORIGIN);
	const askToSignIn = () => passkeys.askToSignIn(VISITOR.address, ORIGIN);

	async function add(key = device, lies: Lies = {}, name = 'Laptop') {
		const { options, pass } = await passkeys.askToAdd(ana, { password, origin: ORIGIN });
		const answer = key.create(options, lies);
		await passkeys.add(ana, { answer, token: pass.token, origin: ORIGIN }, name);
	}

	/** Signs in with an answer to a fresh question. */
	async function signIn(lies: Lies = {}, key = device) {
		const { options, pass } = await askToSignIn();
		const answer = key.get(options, lies);
		return passkeys.signIn(VISITOR, { answer, token: pass.token, origin: ORIGIN });
	}

	return { ...world, ana, device, askToSignIn, add, signIn };
}

describe.each(DIALECTS)('a passkey on %s', { timeout: 60_000 }, (dialect) => {
	it('is added by who knows the password, listed, signs in, and is removed', async () => {
		const { passkeys, accounts, ana, add, signIn } = await open(dialect);
		await add();
		expect(await passkeys.list(ana)).toMatchObject([{ name: 'Laptop', usedAt: null }]);
		const { id } = await signIn();
		expect((await accounts.find(id))?.person).toEqual(ana.person);
		expect(id).not.toBe(ana.sessionId);
		const [listed] = await passkeys.list(ana);
		expect(listed?.usedAt).not.toBeNull();
		await signIn();

		await passkeys.remove(ana, listed!.id);
		expect(await passkeys.list(ana)).toEqual([]);
		expect(await refusal(signIn())).toBe('passkey-refused');
	});

	it('of another is neither removed nor taken for one’s own', async () => {
		const { passkeys, enter, ana, device, add } = await open(dialect);
		await add();
		const ben = await enter(BEN);
		await passkeys.remove(ben, device.id);
		expect(await passkeys.list(ana)).toHaveLength(1);

		const { options, pass } = await passkeys.askToConfirm(ben, ORIGIN);
		expect(options.allowCredentials).toEqual([]);
		const given = { answer: device.get(options), token: pass.token, origin: ORIGIN };
		expect(await refusal(passkeys.confirm(ben.person.id, given))).toBe('passkey-refused');

		const asked = await passkeys.askToAdd(ben, { password: BEN.password, origin: ORIGIN });
		const same = { answer: device.create(asked.options), token: asked.pass.token, origin: ORIGIN };
		expect(await refusal(passkeys.add(ben, same, ''))).toBe('passkey-refused');
		expect(await passkeys.list(ben)).toEqual([]);
	});
});

describe('a passkey', { timeout: 60_000 }, () => {
	it('is not added without the password', async () => {
		const { passkeys, ana } = await open();
		const wrong = { password: 'not that one', origin: ORIGIN };
		expect(await refusal(passkeys.askToAdd(ana, wrong))).toBe('wrong-password');
	});

	it.each<[string, Lies]>([
		['made for another site', { site: 'evil.example' }],
		['made on another page', { origin: 'https://evil.example' }],
		['whose device asked nobody', { unverified: true }],
		['of another kind', { type: 'webauthn.get' }],
		['that its maker vouches for', { certificates: true }]
	])('%s is not added', async (_, lies) => {
		const { passkeys, ana, add, device } = await open();
		expect(await refusal(add(device, lies))).toBe('passkey-refused');
		expect(await passkeys.list(ana)).toEqual([]);
	});

	it.each<[string, Lies]>([
		['for another site', { site: 'evil.example' }],
		['on another page', { origin: 'https://evil.example' }],
		['whose device asked nobody', { unverified: true }],
		['of another kind', { type: 'webauthn.create' }]
	])('does not sign in with an answer %s', async (_, lies) => {
		const { add, signIn } = await open();
		await add();
		expect(await refusal(signIn(lies))).toBe('passkey-refused');
		await signIn();
	});

	it('does not sign in when its counter does not go up: it was copied', async () => {
		const { add, signIn } = await open();
		await add();
		await signIn({ counter: 7 });
		for (const counter of [7, 6, 0])
			expect(await refusal(signIn({ counter }))).toBe('passkey-refused');
		await signIn({ counter: 8 });
	});

	it('that always says 0 signs in again and again', async () => {
		const { add, device, signIn } = await open();
		await add(device, { counter: 0 });
		await signIn({ counter: 0 });
		await signIn({ counter: 0 });
	});

	it('does not sign in with another key under its name', async () => {
		const { device, add, signIn } = await open();
		await add();
		const impostor = new SoftwareAuthenticator(ORIGIN);
		Object.defineProperty(impostor, 'id', { value: device.id });
		expect(await refusal(signIn({}, impostor))).toBe('passkey-refused');
		expect(await refusal(signIn({}, new SoftwareAuthenticator(ORIGIN)))).toBe('passkey-refused');
	});

	it('answers a question once, right or wrong', async () => {
		const { passkeys, device, askToSignIn, add } = await open();
		await add();
		const { options, pass } = await askToSignIn();
		const { token } = pass;
		const given = { answer: device.get(options), token, origin: ORIGIN };
		await passkeys.signIn(VISITOR, given);
		expect(await refusal(passkeys.signIn(VISITOR, given))).toBe('passkey-refused');

		const again = await askToSignIn();
		const wrong = { answer: '{}', token: again.pass.token, origin: ORIGIN };
		expect(await refusal(passkeys.signIn(VISITOR, wrong))).toBe('passkey-refused');
		const right = { ...wrong, answer: device.get(again.options) };
		expect(await refusal(passkeys.signIn(VISITOR, right))).toBe('passkey-refused');
	});

	it('answers for the browser that was asked alone', async () => {
		const { passkeys, device, askToSignIn, add } = await open();
		await add();
		const [mine, other] = [await askToSignIn(), await askToSignIn()];
		const answer = device.get(mine.options);
		for (const token of [undefined, '', 'x', other.pass.token]) {
			const given = { answer, token, origin: ORIGIN };
			expect(await refusal(passkeys.signIn(VISITOR, given))).toBe('passkey-refused');
		}
	});

	it('answers for one purpose', async () => {
		const { passkeys, ana, device, askToSignIn, add } = await open();
		await add();
		const toSignIn = await askToSignIn();
		const given = { answer: device.get(toSignIn.options), origin: ORIGIN };
		const { token } = toSignIn.pass;
		expect(await refusal(passkeys.confirm(ana.person.id, { ...given, token }))).toBe(
			'passkey-refused'
		);
		const toConfirm = await passkeys.askToConfirm(ana, ORIGIN);
		const confirming = {
			answer: device.get(toConfirm.options),
			token: toConfirm.pass.token,
			origin: ORIGIN
		};
		expect(await refusal(passkeys.signIn(VISITOR, confirming))).toBe('passkey-refused');
	});

	it('answers within five minutes', async () => {
		const { passkeys, device, askToSignIn, add, pass } = await open();
		await add();
		const asked = await askToSignIn();
		const { token } = asked.pass;
		pass(5);
		const given = { answer: device.get(asked.options), token, origin: ORIGIN };
		expect(await refusal(passkeys.signIn(VISITOR, given))).toBe('passkey-refused');
	});

	it.each([
		'',
		'null',
		'[]',
		'{"id":',
		'{"id":"x","rawId":"x","type":"public-key","response":null}',
		'{"id":"x","rawId":"x","type":"public-key","response":{"clientDataJSON":"e30"}}',
		`{"id":"${'x'.repeat(20_000)}"}`,
		'\0'
	])('is not answered by %j', async (answer) => {
		const { passkeys, ana, askToSignIn } = await open();
		const { token } = (await askToSignIn()).pass;
		expect(await refusal(passkeys.signIn(VISITOR, { answer, token, origin: ORIGIN }))).toBe(
			'passkey-refused'
		);
		const asked = await passkeys.askToAdd(ana, { password, origin: ORIGIN });
		const given = { answer, token: asked.pass.token, origin: ORIGIN };
		expect(await refusal(passkeys.add(ana, given, ''))).toBe('passkey-refused');
	});

	it('has a name of one line, and one of its own accord', async () => {
		const { passkeys, ana, add } = await open();
		await add(new SoftwareAuthenticator(ORIGIN), {}, ' Work\n laptop ');
		await add(new SoftwareAuthenticator(ORIGIN), {}, ' ');
		const names = (await passkeys.list(ana)).map(({ name }) => name);
		expect(names.sort()).toEqual(['Passkey', 'Work laptop']);
		const long = 'x'.repeat(61);
		expect(await refusal(add(new SoftwareAuthenticator(ORIGIN), {}, long))).toBe(
			'passkey-name-too-long'
		);
	});

	it('is one of twenty at most', async () => {
		const { add } = await open();
		for (let n = 0; n < PASSKEYS_MAX; n++) await add(new SoftwareAuthenticator(ORIGIN));
		expect(await refusal(add(new SoftwareAuthenticator(ORIGIN)))).toBe('too-many-passkeys');
	});

	it('is asked for sixty times in a quarter of an hour from one address', async () => {
		const { passkeys } = await open();
		const ask = (address: string) => passkeys.askToSignIn(address, ORIGIN);
		for (let n = 0; n < 60; n++) await ask('192.0.2.9');
		expect(await refusal(ask('192.0.2.9'))).toBe('too-many-attempts');
		await ask('192.0.2.10');
	});
});
