/** What form actions share: reading fields, who sent them, and answering with what is wrong. */
import { error, fail, redirect, type ActionFailure, type RequestEvent } from '@sveltejs/kit';
import type { FormProblem } from '$lib/form-problem.ts';
import { asHttpError, refusalOf } from '$lib/refusals.ts';
import type { Visitor } from '../../../server/auth/accounts.ts';
import type { Caller } from '../../../server/services.ts';
import { deviceOf } from './device.ts';

export function callerOf({ locals, getClientAddress }: RequestEvent): Caller {
	return { person: locals.person, address: getClientAddress() };
}

export function visitorOf({ locals, request, getClientAddress }: RequestEvent): Visitor {
	return {
		guest: locals.guest,
		address: getClientAddress(),
		device: deviceOf(request.headers.get('user-agent'))
	};
}

/** The text fields of a form; what is missing or a file reads as empty. */
export async function readFields<Name extends string>(
	request: Request,
	names: readonly Name[]
): Promise<Record<Name, string>> {
	const form = await readForm(request);
	const entries = names.map((name) => {
		const value = form.get(name);
		return [name, typeof value === 'string' ? value : ''];
	});
	return Object.fromEntries(entries) as Record<Name, string>;
}

/** What no page of ours sends is the sender's mistake, not a failure of ours. */
async function readForm(request: Request): Promise<FormData> {
	try {
		return await request.formData();
	} catch (cause) {
		if (cause instanceof TypeError) error(400, 'This form cannot be read.');
		throw cause;
	}
}

/**
 * What was typed comes back, with the sentence and the code of what is wrong; passwords don't.
 * `form` tells the forms of one page apart. Throws what is no refusal.
 */
export function refused<Form extends string>(
	form: Form,
	cause: unknown,
	typed: Record<string, string>
): ActionFailure<FormProblem & { form: Form }> {
	const refusal = refusalOf(cause);
	if (refusal === undefined) throw cause;
	const shown = Object.entries(typed).filter(([name]) => !/password/i.test(name));
	const { code, message, status } = refusal;
	return fail(status, { form, code, message, typed: Object.fromEntries(shown) });
}

/** The page's error for a refusal; who is not signed in is sent to sign in and comes back. */
export function asPageError(cause: unknown, url: URL): never {
	if (refusalOf(cause)?.code !== 'account-needed') asHttpError(cause);
	redirect(303, `/sign-in?to=${encodeURIComponent(url.pathname + url.search)}`);
}
