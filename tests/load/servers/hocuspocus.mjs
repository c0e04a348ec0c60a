/** `@hocuspocus/server` as it comes, without extensions: documents in memory only. */
import { Server } from '@hocuspocus/server';
import { serveRunner } from './control.ts';

const server = new Server({ address: '127.0.0.1', port: 0, quiet: true, stopOnSignals: false });
await server.listen();
serveRunner(server.address.port);
