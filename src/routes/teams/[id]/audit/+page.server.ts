import { asHttpError } from '$lib/refusals.ts';
import type { PageServerLoad } from './$types';

/** Who came, went and was given which role, in a team and its rooms, for its owners. */
export const load: PageServerLoad = async ({ locals, params, url }) => {
	const asked = { group: url.searchParams.get('kind'), page: url.searchParams.get('page') };
	try {
		const trail = await locals.services.audit.read(locals.person, { teamId: params.id }, asked);
		return { trail, id: params.id };
	} catch (cause) {
		throw asHttpError(cause);
	}
};
