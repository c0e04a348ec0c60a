/**
 * Lets a board open without a network, as it was when this device last saw it; what the device has
 * kept of the room (`device-store.ts`) is then merged in by the page itself. Everything is asked of
 * the server first; only the app's own files, whose names change with their content, are not.
 */
/// <reference no-default-lib="true"/>
/// <reference lib="esnext" />
/// <reference lib="webworker" />
/// <reference types="@sveltejs/kit" />
import { build, files, version } from '$service-worker';

const worker = globalThis as unknown as ServiceWorkerGlobalScope;

const APP = `app-${version}`;
/** Also named in `device-store.ts`, which removes a room from it. */
const PAGES = 'pages';
const OFFLINE_PAGE = '/offline.html';
const ROOM_PAGE = /^\/rooms\/[^/]+$/;
/** Answers after which the room's page must not stay on the device. */
const GONE = new Set([401, 403, 404, 410]);
const ASSETS = new Set([...build, ...files]);

worker.addEventListener('install', (event) => {
	event.waitUntil(
		caches
			.open(APP)
			.then((cache) => cache.addAll([...ASSETS]))
			.then(() => worker.skipWaiting())
	);
});

worker.addEventListener('activate', (event) => {
	event.waitUntil(
		Promise.all([removeOldApps(), removeOldPages()]).then(() => worker.clients.claim())
	);
});

worker.addEventListener('fetch', (event) => {
	const { request } = event;
	const url = new URL(request.url);
	if (request.method !== 'GET' || url.origin !== worker.location.origin) return;
	if (ASSETS.has(url.pathname)) event.respondWith(fromApp(request));
	else if (request.mode === 'navigate') event.respondWith(page(request, url.pathname));
});

async function removeOldApps(): Promise<void> {
	const names = await caches.keys();
	const old = names.filter((name) => name !== APP && name !== PAGES);
	await Promise.all(old.map((name) => caches.delete(name)));
}

/** A page of an older version asks for files that are gone. */
async function removeOldPages(): Promise<void> {
	const entry = build.find((path) => path.includes('/entry/start')) ?? '';
	const pages = await caches.open(PAGES);
	for (const request of await pages.keys()) {
		const html = await (await pages.match(request))?.text();
		if (!html?.includes(entry.split('/').at(-1) ?? '')) await pages.delete(request);
	}
}

async function fromApp(request: Request): Promise<Response> {
	const kept = await caches.match(request, { cacheName: APP, ignoreSearch: true });
	return kept ?? fetch(request);
}

async function page(request: Request, path: string): Promise<Response> {
	try {
		const answer = await fetch(request);
		if (ROOM_PAGE.test(path)) await keep(path, answer);
		return answer;
	} catch {
		return (await keptPage(path)) ?? (await offlinePage());
	}
}

async function keep(path: string, answer: Response): Promise<void> {
	const pages = await caches.open(PAGES);
	if (answer.status === 200) await pages.put(path, answer.clone());
	else if (GONE.has(answer.status)) await pages.delete(path);
}

/** The page as it was, marked so that it does not take its old time for the present. */
async function keptPage(path: string): Promise<Response | undefined> {
	const kept = await caches.match(path, { cacheName: PAGES });
	if (kept === undefined) return undefined;
	const html = await kept.text();
	const marked = html.replace('<head>', '<head><meta name="kept-page" content="true" />');
	// With its own policy, whose nonce is the one that its scripts carry.
	const headers = new Headers(kept.headers);
	for (const name of ['content-encoding', 'content-length']) headers.delete(name);
	return new Response(marked, { headers });
}

async function offlinePage(): Promise<Response> {
	return (await caches.match(OFFLINE_PAGE, { cacheName: APP })) ?? Response.error();
}
