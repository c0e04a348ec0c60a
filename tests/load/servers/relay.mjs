/**
 * The least that a server can do: passes every message on to everybody else in the room, unread.
 * It has no documents. Who asks for one gets the largest message that the room has seen.
 */
import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';
import { serveRunner } from './control.ts';

const NOTHING = Uint8Array.of(0, 1, 2, 0, 0);

const rooms = new Map();
const http = createServer();
const sockets = new WebSocketServer({ server: http, perMessageDeflate: false });

sockets.on('connection', (socket, { url }) => {
	if (!rooms.has(url)) rooms.set(url, { members: new Set(), largest: NOTHING });
	const room = rooms.get(url);
	room.members.add(socket);
	socket.on('message', (message) => {
		if (message[0] === 0 && message[1] === 0) return socket.send(room.largest);
		if (message.length > 10_000) room.largest = asAnswer(message);
		for (const member of room.members) if (member !== socket) member.send(message);
	});
	socket.on('close', () => room.members.delete(socket));
});

/** The same content as sync step 2 instead of an update. */
function asAnswer(message) {
	const answer = Buffer.from(message);
	answer[1] = 1;
	return answer;
}

http.listen(0, '127.0.0.1', () => serveRunner(http.address().port));
