import { json } from '@sveltejs/kit';
import { allowOnly, endpoint } from '$lib/server/api.ts';
import type { RequestHandler } from './$types';

/** The server's time, by which countdowns run. */
export const GET: RequestHandler = endpoint(() => json({ now: new Date().toISOString() }));

export const fallback: RequestHandler = allowOnly('GET', 'HEAD');
