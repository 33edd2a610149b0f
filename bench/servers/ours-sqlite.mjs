import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chatkit } from 'chatkit-controllers/node';
import { SqliteStore } from 'chatkit-controllers/sqlite';
import { contestant } from './ours.mjs';
import { serve } from './serve.mjs';

const directory = mkdtempSync(join(tmpdir(), 'chatkit-bench-'));
process.on('exit', () => rmSync(directory, { recursive: true, force: true }));

let files = 0;
let current;

/** A new file each time: what is deleted leaves traces, as cursors need them. */
async function reset() {
  await current?.listener.close();
  await current?.store.close();
  files += 1;
  const store = new SqliteStore(join(directory, `${String(files)}.db`));
  const { options, seedStore, storedTypes } = contestant(store);
  await seedStore();
  current = { store, storedTypes, listener: chatkit(options) };
}

serve({
  listener: (req, res) => current.listener(req, res),
  reset,
  storedTypes: (threadId) => current.storedTypes(threadId),
});
