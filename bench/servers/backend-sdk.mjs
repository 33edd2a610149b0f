/* (c) The package chatkit-node-backend-sdk, behind Express as its README shows. */
import 'reflect-metadata';
import { ChatKitServer, Store } from 'chatkit-node-backend-sdk';
import { plainToInstance } from 'class-transformer';
import { validate } from 'class-validator';
import express from 'express';
import { hiddenText, PATH, replyText, seed, withSelected } from '../workload.mjs';
import { SelectItem } from './select-item.mjs';
import { serve } from './serve.mjs';

/** The methods that the workload needs; its own README leaves the rest to the reader as well. */
class MapStore extends Store {
  threads = new Map();

  reset() {
    this.threads.clear();
    for (const { thread, sender } of seed()) {
      this.threads.set(thread.id, { thread, items: new Map([[sender.id, sender]]) });
    }
  }

  async loadThread(threadId) {
    return this.threads.get(threadId).thread;
  }

  async saveThread(thread) {
    this.threads.get(thread.id).thread = thread;
  }

  async loadItem(threadId, itemId) {
    return this.threads.get(threadId).items.get(itemId);
  }

  async addThreadItem(threadId, item) {
    this.threads.get(threadId).items.set(item.id, item);
  }

  async saveItem(threadId, item) {
    this.threads.get(threadId).items.set(item.id, item);
  }
}

class SelectServer extends ChatKitServer {
  async *action(thread, action, sender) {
    const payload = plainToInstance(SelectItem, action.payload);
    const errors = await validate(payload, { whitelist: true });
    if (errors.length > 0) throw new Error('invalid payload');
    const { id } = payload;
    const complete = (item) => ({
      id: this.store.generateItemId('message', thread),
      thread_id: thread.id,
      created_at: new Date().toISOString(),
      ...item,
    });
    yield { type: 'thread.item.replaced', item: { ...sender, widget: withSelected(sender.widget, id) } };
    yield {
      type: 'thread.item.done',
      item: complete({ type: 'hidden_context_item', content: hiddenText(id) }),
    };
    yield {
      type: 'thread.item.done',
      item: complete({
        type: 'assistant_message',
        content: [{ type: 'output_text', text: replyText(id), annotations: [] }],
      }),
    };
    yield { type: 'client_effect', name: 'selection_mode', data: { itemId: id } };
  }
}

// Its default logger writes a line to the console for each request, which would be unfair to measure.
const ignore = () => undefined;
const quiet = { debug: ignore, info: ignore, warn: ignore, error: ignore };

const store = new MapStore();
const server = new SelectServer(store, undefined, quiet);

const app = express();
app.use(express.json());
app.post(PATH, async (req, res) => {
  const result = await server.process(JSON.stringify(req.body), {});
  res.setHeader('Content-Type', 'text/event-stream');
  res.setHeader('Cache-Control', 'no-cache');
  res.setHeader('Connection', 'keep-alive');
  for await (const chunk of result) res.write(chunk);
  res.end();
});

serve({
  listener: app,
  reset: () => store.reset(),
  storedTypes: (threadId) => [...store.threads.get(threadId).items.values()].map((item) => item.type),
});
