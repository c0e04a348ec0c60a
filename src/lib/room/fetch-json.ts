/** Asking the server from an open page: the answer, or what to tell the person. */

export const NO_ANSWER = 'The server cannot be reached. Try again in a moment.';

/** With a `body` it is sent as JSON. The `code` of a failure is the server's; none without an answer. */
export async function fetchJson(
	address: string,
	body?: object,
	method: 'POST' | 'PUT' = 'POST'
): Promise<{ value: unknown } | { failure: string; code?: string | undefined }> {
	try {
		const answer = await fetch(address, body === undefined ? {} : sent(method, body));
		const value = (await answer.json()) as { error?: { message?: string; code?: string } };
		if (answer.ok) return { value };
		return { failure: value.error?.message ?? NO_ANSWER, code: value.error?.code };
	} catch {
		return { failure: NO_ANSWER };
	}
}

function sent(method: string, body: object): RequestInit {
	return {
		method,
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(body)
	};
}
