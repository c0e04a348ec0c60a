import { redirect } from '@sveltejs/kit';
import type { RequestHandler } from './$types';

/** The short link on an invitation: the start page with the code filled in. */
export const GET: RequestHandler = ({ params }) =>
	redirect(303, `/?code=${encodeURIComponent(params.code)}#join`);
