import { asHttpError } from '$lib/refusals.ts';
import { callerOf } from '$lib/server/forms.ts';
import type { PageServerLoad } from './$types';

/** A report, for anybody who has its link. */
export const load: PageServerLoad = async (event) => {
	const { locals, params, setHeaders, url } = event;
	setHeaders({ 'x-robots-tag': 'noindex, nofollow', 'cache-control': 'no-store' });
	try {
		const report = await locals.services.reports.readShared(callerOf(event), params.link);
		return { report, path: url.pathname };
	} catch (cause) {
		throw asHttpError(cause);
	}
};
