import type { Store } from 'chatkit-controllers';
import { PostgresStore } from 'chatkit-controllers/postgres';

/** Keeps threads in PostgreSQL, for any number of processes. The server creates the tables at its start. */
export function openStore(): Store {
  const url = process.env.DATABASE_URL;
  if (!url) throw new Error('DATABASE_URL is not set. Copy .env.example to .env, and put it in there.');
  return new PostgresStore(url);
}
