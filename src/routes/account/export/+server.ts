import { requireAccount } from '$lib/server/signed-in.ts';
import { asHttpError } from '$lib/refusals.ts';
import type { RequestHandler } from './$types';

/** Everything that is kept of whoever is signed in, as a file. */
export const GET: RequestHandler = async (event) => {
	const account = requireAccount(event);
	const exported = await event.locals.services.settings.export(account).catch(asHttpError);
	return new Response(JSON.stringify(exported, null, '\t'), {
		headers: {
			'content-type': 'application/json',
			'content-disposition': 'attachment; filename="detente-account.json"',
			'cache-control': 'no-store'
		}
	});
};
