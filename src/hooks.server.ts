/**
 * What every request passes: it gets the services and the person who asks, and a request that
 * changes something must not come from a page of another site.
 */
import { building } from '$app/environment';
import { asHttpError } from '$lib/refusals.ts';
import { ApiError, errorResponse } from '$lib/server/api.ts';
import { completePolicy } from '$lib/server/page-policy.ts';
import { guestToken } from '$lib/server/guest-cookie.ts';
import { sessionId, setSessionCookie } from '$lib/server/session-cookie.ts';
import type { Handle, HandleServerError, RequestEvent } from '@sveltejs/kit';
import type { SERVICES, Services } from '../server/services.ts';

const KEY: typeof SERVICES = 'detente.services';
const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);
/** `none` is a person's own doing, such as a reload. */
const OWN_SITE = new Set(['same-origin', 'none']);

export const handle: Handle = async ({ event, resolve }) => {
	if (building) return resolve(event);
	event.locals.services = services();
	event.locals.person = null;
	event.locals.guest = null;
	event.locals.account = null;
	// Asks nothing of the database but whether it answers.
	if (event.url.pathname === '/healthz') return resolve(event);

	const isApi = event.url.pathname === '/api' || event.url.pathname.startsWith('/api/');
	try {
		// SvelteKit's own way of asking for a page's data (`…/__data.json`): there are no pages here.
		if (isApi && event.isDataRequest) throw new ApiError('not-found');
		refuseOtherSites(event);
		await recognise(event);
	} catch (thrown) {
		if (isApi || thrown instanceof ApiError) return errorResponse(thrown, event);
		throw asHttpError(thrown);
	}
	const response = await resolve(event);
	if (isApi) response.headers.set('cache-control', 'no-store');
	// What a page says depends on who asks.
	else if (!response.headers.has('cache-control')) {
		response.headers.set('cache-control', 'private, no-cache');
	}
	const policy = response.headers.get('content-security-policy');
	if (policy !== null) {
		response.headers.set('content-security-policy', completePolicy(policy, event.url));
	}
	return response;
};

export const handleError: HandleServerError = ({ error, event, status, message }) => {
	if (status === 404)
		return { message: 'There is no page at this address. Check it for typing errors.' };
	if (status < 500) return { message };
	const id = crypto.randomUUID();
	event.locals.services.report(error, { id, method: event.request.method, route: event.route.id });
	return { message: 'Something went wrong on our side. It has been noted.', id };
};

/** Somebody who is signed in is that person, whatever guest this browser was before. */
async function recognise({ locals, cookies, url }: RequestEvent): Promise<void> {
	const { accounts, guests } = locals.services;
	const account = await accounts.find(sessionId(cookies));
	if (account?.renewed) setSessionCookie(cookies, account.renewed, url);
	locals.account = account;
	locals.guest = await guests.find(guestToken(cookies));
	locals.person = account?.person ?? locals.guest;
}

/**
 * SvelteKit checks this for forms; here it holds for every kind of body and every method. A browser
 * says where a request comes from by `Origin`, and `Sec-Fetch-Site` as well; programs, which no
 * other site can make send anything, say neither.
 */
function refuseOtherSites({ request, url }: RequestEvent): void {
	if (SAFE_METHODS.has(request.method)) return;
	const origin = request.headers.get('origin') ?? url.origin;
	const site = request.headers.get('sec-fetch-site') ?? 'none';
	if (origin !== url.origin || !OWN_SITE.has(site)) throw new ApiError('cross-site');
}

function services(): Services {
	const found = (globalThis as Record<symbol, unknown>)[Symbol.for(KEY)];
	if (found === undefined) throw new Error('No services: start the app through server/main.ts');
	return found as Services;
}
