/** The real gateway over a real SQLite file in the folder `argv[2]`, with `argv[3]` rooms ready. */
import { openDatabase } from '../../../server/database/database.ts';
import { migrate } from '../../../server/database/migrate.ts';
import { addRoom, startSyncServer } from '../../sync/sync-server.ts';
import { serveRunner } from './control.ts';

const [, , folder = '', rooms = '1'] = process.argv;
const db = openDatabase(folder);
await migrate(db);
for (let room = 0; room < Number(rooms); room++) await addRoom(db, `room-${room}`);
const { port } = await startSyncServer(db);
serveRunner(port);
