/*
 * Ours, with a thread of so many items and so many handlers:
 * `scaling.mjs <memory|sqlite> <items> <handlers>`. The handler answers without reading the thread.
 */
import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ChatController, MemoryStore, OnAction } from 'chatkit-controllers';
import { chatkit } from 'chatkit-controllers/node';
import { SqliteStore } from 'chatkit-controllers/sqlite';
import { seed, threadId } from '../workload.mjs';
import { contestant } from './ours.mjs';
import { serve } from './serve.mjs';

const [kind, items, handlers] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])];

/** Controllers with a handler each, beside the one that is measured. */
export function otherControllers(count) {
  return Array.from({ length: count }, (_, index) => {
    class Other {
      handle() {}
    }
    const descriptor = Object.getOwnPropertyDescriptor(Other.prototype, 'handle');
    OnAction(`other.action_${String(index)}`)(Other.prototype, 'handle', descriptor);
    ChatController()(Other);
    return new Other();
  });
}

function makeStore() {
  if (kind === 'memory') return new MemoryStore();
  const directory = mkdtempSync(join(tmpdir(), 'chatkit-bench-'));
  process.on('exit', () => rmSync(directory, { recursive: true, force: true }));
  return new SqliteStore(join(directory, 'chat.db'));
}

const store = makeStore();
await store.admin?.migrate();
const { options, seedStore, storedTypes } = contestant(store);
const scope = { owner: 'shared' };
let isSeeded = false;

async function reset() {
  if (isSeeded) return; // what one measurement adds is little beside what there is
  isSeeded = true;
  await seedStore();
  const [{ thread }] = seed();
  const saving = [];
  for (let index = 0; index < items; index += 1) {
    const item = {
      id: `msg_${String(index)}`,
      thread_id: threadId(0),
      created_at: thread.created_at,
      type: 'assistant_message',
      content: [{ type: 'output_text', text: `Message ${String(index)}`, annotations: [] }],
    };
    saving.push(store.saveItem(scope, item, JSON.stringify(item)));
    if (saving.length === 1000) await Promise.all(saving.splice(0));
  }
  await Promise.all(saving);
}

const controllers = [...options.controllers, ...otherControllers(handlers - 1)];
serve({ listener: chatkit({ ...options, controllers }), reset, storedTypes });
