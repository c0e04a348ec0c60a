/** Pages and endpoints for people who are signed in. */
import { redirect, type RequestEvent } from '@sveltejs/kit';
import { ApiError } from './api.ts';
import type { Account } from '../../../server/auth/accounts.ts';

/** Who is signed in; sends everybody else to the page for that, and back afterwards. */
export function requireAccount({ locals, url }: Pick<RequestEvent, 'locals' | 'url'>): Account {
	if (locals.account !== null) return locals.account;
	redirect(303, `/sign-in?to=${encodeURIComponent(url.pathname)}`);
}

/** The same for an endpoint: a program is told. */
export function accountOf({ locals }: Pick<RequestEvent, 'locals'>): Account {
	if (locals.account === null) throw new ApiError('signed-out');
	return locals.account;
}
