/** What a refused form brings back: the sentence, what it is about, and what was typed. */
export interface FormProblem {
	code: string;
	message: string;
	typed: Record<string, string>;
}

/** Refusals that belong to the name field. */
export const NAME_FIELD_CODES: ReadonlySet<string> = new Set(['name-missing', 'name-too-long']);
