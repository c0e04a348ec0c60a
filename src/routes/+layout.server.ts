import type { LayoutServerLoad } from './$types';

/** Who is signed in, for the head of every page. */
export const load: LayoutServerLoad = ({ locals }) => ({
	account:
		locals.account === null
			? null
			: { name: locals.account.person.name, email: locals.account.email }
});
