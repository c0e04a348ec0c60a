import { redirect } from '@sveltejs/kit';
import { asHttpError } from '$lib/refusals.ts';
import { asPageError, callerOf, refused } from '$lib/server/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { locals, params, url } = event;
	try {
		const invitation = await locals.services.teamInvites.look(callerOf(event), params.token);
		return { invitation, isSignedIn: locals.account !== null, path: url.pathname };
	} catch (cause) {
		throw asHttpError(cause);
	}
};

export const actions: Actions = {
	default: async (event) => {
		const { locals, params, url } = event;
		let team: string;
		try {
			team = await locals.services.teamInvites.accept(callerOf(event), params.token);
		} catch (cause) {
			const problem = refused('join', cause, {});
			if (problem.data.code === 'account-needed') asPageError(cause, url);
			return problem;
		}
		redirect(303, `/teams/${team}`);
	}
};
