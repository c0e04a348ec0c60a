import { describe, expect, it } from 'vitest';
import { SharedLook } from './shared-look.ts';

describe('a shared look', () => {
	it('is taken once for all who ask at the same time, and anew for who asks later', async () => {
		let looks = 0;
		const look = new SharedLook((key) => Promise.resolve(`${key} ${++looks}`));
		const asked = await Promise.all([look.of('a'), look.of('a'), look.of('b'), look.of('a')]);
		expect(asked).toEqual(['a 1', 'a 1', 'b 2', 'a 1']);
		expect(await look.of('a')).toBe('a 3');
	});

	it('is never older than the question', async () => {
		let stored = 'old';
		const answers = new Array<PromiseWithResolvers<void>>();
		const look = new SharedLook(async () => {
			const found = stored;
			answers.push(Promise.withResolvers());
			await answers.at(-1)!.promise;
			return found;
		});
		const first = look.of('a');
		await expect.poll(() => answers.length).toBe(1);
		stored = 'new';
		const second = look.of('a');
		await expect.poll(() => answers.length).toBe(2);
		for (const { resolve } of answers) resolve();
		expect(await Promise.all([first, second])).toEqual(['old', 'new']);
	});

	it('fails for all who share it, and not for who asks later', async () => {
		let isWorking = false;
		const look = new SharedLook(() =>
			isWorking ? Promise.resolve('found') : Promise.reject(new Error('locked'))
		);
		const asked = await Promise.allSettled([look.of('a'), look.of('a')]);
		expect(asked.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
		isWorking = true;
		expect(await look.of('a')).toBe('found');
	});
});
