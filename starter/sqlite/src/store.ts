import type { Store } from 'chatkit-controllers';
import { SqliteStore } from 'chatkit-controllers/sqlite';

/** Keeps threads in a file. */
export function openStore(): Store {
  return new SqliteStore(process.env.CHAT_DB ?? '.data/chat.db');
}
