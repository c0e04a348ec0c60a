/** What a refused form brings back: the sentence, what it is about, and what was typed. */
export interface FormProblem {
	code: string;
	message: string;
	typed: Record<string, string>;
}

/** Refusals that belong to the name field. */
export const NAME_FIELD_CODES: ReadonlySet<string> = new Set(['name-missing', 'name-too-long']);

/** The problem in what a page's form brought back, if there is one. `form` tells which form. */
export function problemOf(
	form: { form?: string; code?: string; message?: string; typed?: Record<string, string> } | null
): (FormProblem & { form: string }) | null {
	if (form?.code === undefined || form.message === undefined) return null;
	return {
		form: form.form ?? '',
		code: form.code,
		message: form.message,
		typed: form.typed ?? {}
	};
}

/** What a form brings back when it was done: a sentence that says so. */
export interface FormDone {
	form: string;
	done: string;
	/** Id of the person it was done for, if there is one. */
	person?: string;
}

/** What the forms of one page bring back; `form` tells them apart. */
export type FormResult = (FormProblem & { form: string }) | FormDone | null | undefined;

/** The problem of one form, if it has one. */
export function problemIn(result: FormResult, form: string): FormProblem | null {
	return result && 'message' in result && result.form === form ? result : null;
}

/** That it was done, if it was. */
export function doneIn(result: FormResult, form: string): string | null {
	return result && 'done' in result && result.form === form ? result.done : null;
}
