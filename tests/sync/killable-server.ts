/** A whole server on the database folder `argv[2]` and port `argv[3]`, made to be killed. */
import { openDatabase } from '../../server/database/database.ts';
import { migrate } from '../../server/database/migrate.ts';
import { startSyncServer } from './sync-server.ts';

const db = openDatabase(process.argv[2]!);
await migrate(db);
const { port } = await startSyncServer(db, {
	port: Number(process.argv[3]),
	limits: { compactAfterUpdates: 50 }
});
process.stdout.write(`${port}\n`);
