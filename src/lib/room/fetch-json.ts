/** Asking the server from an open page: the answer, or what to tell the person. */

export const NO_ANSWER = 'The server cannot be reached. Try again in a moment.';

/** With a `body` it is sent as JSON, by POST. */
export async function fetchJson(
	address: string,
	body?: object
): Promise<{ value: unknown } | { failure: string }> {
	try {
		const answer = await fetch(address, body === undefined ? {} : posted(body));
		const value = (await answer.json()) as { error?: { message?: string } };
		return answer.ok ? { value } : { failure: value.error?.message ?? NO_ANSWER };
	} catch {
		return { failure: NO_ANSWER };
	}
}

function posted(body: object): RequestInit {
	return {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(body)
	};
}
