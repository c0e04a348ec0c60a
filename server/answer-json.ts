import type { ServerResponse } from 'node:http';

/** An error in the form of every error of the interface for programs. */
export function answerJson(
	response: ServerResponse,
	status: number,
	code: string,
	message: string
): void {
	const body = JSON.stringify({ error: { code, message } });
	response.writeHead(status, {
		'content-type': 'application/json',
		'cache-control': 'no-store',
		// What is left of the request's body is not waited for.
		connection: 'close'
	});
	response.end(body);
}
