/** `vite dev` for a test: on a free port, with a cache of its own; a line on stdin restarts it. */
import { createServer } from 'vite';

const server = await createServer({
	cacheDir: process.env.CACHE_DIR,
	logLevel: 'error',
	server: { port: 0, host: '127.0.0.1' }
});
await server.listen();
say();
for await (const _ of process.stdin) {
	await server.restart();
	say();
}
await server.close();

function say() {
	const { port } = server.httpServer.address();
	console.log(`listening on http://127.0.0.1:${port}`);
}
