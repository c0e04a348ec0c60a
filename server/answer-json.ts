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
		'cache-control': 'no-store'
	});
	response.end(body);
}
