/**
 * `npm run screenshots`: the pictures under docs/screenshots, of the real app with two people in a
 * room, in both themes and three widths, and of its projector at a reveal. Needs a build.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type BrowserContext } from 'playwright';
import { startApp } from '../tests/e2e/start-app.ts';
import { CHROMIUM_FLAGS, findChromium } from './browser.mjs';
import { ROOT } from './run.mjs';

const FOLDER = join(ROOT, 'docs', 'screenshots');
const WIDTHS = { 1440: 900, 1024: 768, 390: 844 };

const app = await startApp();
const browser = await chromium.launch({ executablePath: findChromium(), args: CHROMIUM_FLAGS });
try {
	mkdirSync(FOLDER, { recursive: true });
	const facilitator = await browser.newContext({ baseURL: app.url });
	const answer = await facilitator.request.post('/api/rooms', {
		data: { template: 'us-russia-cyber-detente', name: 'Amara Keita' }
	});
	const { id, code } = (await answer.json()) as { id: string; code: string };

	const guest = await browser.newContext({ baseURL: app.url });
	await guest.request.post('/api/join', { data: { code, name: 'Jonas Meier' } });
	const other = await openBoard(guest, id);
	await other
		.getByRole('button', { name: 'Expert consultations on cybersecurity', exact: true })
		.last()
		.click();

	const cookies = await facilitator.storageState();
	for (const colorScheme of ['light', 'dark'] as const) {
		for (const [width, height] of Object.entries(WIDTHS)) {
			const context = await browser.newContext({
				baseURL: app.url,
				storageState: cookies,
				colorScheme,
				reducedMotion: 'reduce',
				viewport: { width: Number(width), height }
			});
			const page = await openBoard(context, id);
			await page.getByText('Jonas Meier is editing').waitFor({ state: 'attached' });
			const path = join(FOLDER, `board-${colorScheme}-${width}.png`);
			await page.screenshot({ path });
			console.log(path.slice(ROOT.length));
			await context.close();
		}
	}

	const rooms = `/api/rooms/${id}`;
	const board = (await (await facilitator.request.get(rooms)).json()) as {
		columns: { id: string }[];
		cards: { id: string; title: string }[];
	};
	const asked = board.cards.find(({ title }) => title.startsWith('Prosecution'))!.id;
	const opened = await facilitator.request.post(`${rooms}/rounds`, { data: { cards: [asked] } });
	const round = `${rooms}/rounds/${((await opened.json()) as { id: string }).id}`;
	for (const [n, place] of [2, 2, 1, 3, 2, 3, 1, 2].entries()) {
		const person = await browser.newContext({ baseURL: app.url });
		await person.request.post('/api/join', { data: { code, name: `Person ${n + 1}` } });
		const data = { card: asked, column: board.columns[place]?.id };
		await person.request.post(`${round}/placements`, { data });
		await person.close();
	}
	await facilitator.request.post(`${round}/reveal`, { data: {} });
	await facilitator.request.post(`${rooms}/stage`, {
		data: { timer: 'start', minutes: 4, spotlight: asked }
	});
	const projector = await browser.newContext({
		baseURL: app.url,
		storageState: cookies,
		reducedMotion: 'reduce',
		viewport: { width: 1440, height: 900 }
	});
	const screen = await projector.newPage();
	await screen.goto(`/rooms/${id}/present`);
	await screen.getByText('answers, the middle is').waitFor();
	await screen.screenshot({ path: join(FOLDER, 'present-1440.png') });
	console.log('/docs/screenshots/present-1440.png');
} finally {
	await browser.close();
	await app.stop();
	rmSync(app.dataDir, { recursive: true, force: true });
}

async function openBoard(context: BrowserContext, id: string) {
	const page = await context.newPage();
	await page.goto(`/rooms/${id}`);
	await page.getByTestId('save-state').getByText('Saved').waitFor();
	return page;
}
