import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  ChatController,
  clientToolCall,
  MemoryStore,
  OnAction,
  OnMessage,
  progress,
  structuredInput,
  type ChatContext,
  type UserMessageItem,
} from '../../../src';
import { LISTENERS } from '../../support/listeners';

/** A server whose streams stay open until they are let go, and that says how much memory it holds. */
export interface Report {
  url: string;
  /** In bytes, after a collection. */
  held: number;
  /** Streams that have begun and not ended. */
  open: number;
}

let open = 0;
const waiting: (() => void)[] = [];

@ChatController()
class Controller {
  @OnMessage()
  async *reply(message: UserMessageItem | null, ctx: ChatContext) {
    const [text = ''] = message?.content[0]?.text.split(' ', 1) ?? [];
    if (text === 'tool') yield clientToolCall('look');
    else if (text === 'ask') yield structuredInput([{ type: 'freeform', id: 'a', question: 'What?' }]);
    else if (text !== 'start') yield* hang(ctx);
  }

  @OnAction('hang', { payload: 'unchecked' })
  act(_: unknown, ctx: ChatContext) {
    return hang(ctx);
  }
}

async function* hang(ctx: ChatContext) {
  open += 1;
  yield progress('open');
  await new Promise<void>((resolve) => {
    waiting.push(resolve);
    ctx.signal.addEventListener('abort', () => resolve());
  });
  open -= 1;
}

const quiet = (): void => undefined;

process.once('message', (adapter: string) => {
  const chat = LISTENERS[adapter]!({
    controllers: [Controller],
    store: new MemoryStore(),
    owner: 'shared',
    limits: { userText: 2_000_000 },
    context: () => ({ userId: 'a' }),
    logger: { debug: quiet, info: quiet, warn: quiet, error: quiet },
  });
  const server = createServer(chat).listen(0, '127.0.0.1', () => void report());

  process.on('message', (what) => {
    if (what === 'let go') for (const resume of waiting.splice(0)) resume();
    void report();
  });

  async function report(): Promise<void> {
    // Sockets give back their buffers a turn later, and finalizers run between collections.
    for (let round = 0; round < 3; round += 1) {
      gc?.();
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const { heapUsed, external } = process.memoryUsage();
    const { port } = server.address() as AddressInfo;
    process.send?.({ url: `http://127.0.0.1:${String(port)}/chatkit`, held: heapUsed + external, open });
  }
});
process.send?.('ready');
