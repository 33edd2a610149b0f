/* Ours on PostgreSQL, one process of several: `ours-postgres.mjs <url> [seed]`. */
import { chatkit } from 'chatkit-controllers/node';
import { PostgresStore } from 'chatkit-controllers/postgres';
import { contestant } from './ours.mjs';
import { serve } from './serve.mjs';

const [url, seed] = process.argv.slice(2);
const { options, seedStore, storedTypes } = contestant(new PostgresStore(url));
const listener = chatkit(options);
await listener.app.ready();
// What one measurement adds stays: lists are of the last 20.
serve({ listener, reset: seed === undefined ? () => undefined : seedStore, storedTypes });
