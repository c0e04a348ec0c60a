/** `@y/websocket-server` as its own `server.js` starts it: documents in memory only. */
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { setupWSConnection } from '@y/websocket-server/utils';
import { serveRunner } from './control.ts';

// The ws that it brings with it, which is not ours.
const require = createRequire(import.meta.resolve('@y/websocket-server/utils'));
const { Server } = require('ws');

const http = createServer();
const sockets = new Server({ noServer: true });
sockets.on('connection', setupWSConnection);
http.on('upgrade', (request, socket, head) => {
	sockets.handleUpgrade(request, socket, head, (opened) => {
		sockets.emit('connection', opened, request);
	});
});
http.listen(0, '127.0.0.1', () => serveRunner(http.address().port));
