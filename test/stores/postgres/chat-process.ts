import 'reflect-metadata';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  assistantMessage,
  assistantMessageStream,
  ChatController,
  OnAction,
  OnMessage,
  replace,
  Sender,
  widget,
  type ChatContext,
  type ChatKitOptions,
  type UserMessageItem,
  type WidgetItem,
  type WidgetRoot,
} from '../../../src';
import { chatkit } from '../../../src/node';
import { PostgresStore } from '../../../src/stores/postgres';

/**
 * A server in a process of its own, on the database that is its first argument; the second are options
 * of the app, as JSON. Asked to `go on`, it lets the answers that wait go on; asked to `close`, it
 * closes the app; asked for `runs`, it tells how many answers wait.
 */
const [url = '', options = '{}'] = process.argv.slice(2);
const store = new PostgresStore(url);
const waiting = new Set<() => void>();

const counter = (count: number): WidgetRoot => ({
  type: 'Card',
  children: [{ type: 'Text', value: String(count) }],
});
const countIn = (current: WidgetRoot): number =>
  Number((current as unknown as { children: { value: string }[] }).children[0]?.value);
const oneMore = (current: WidgetRoot): WidgetRoot => counter(countIn(current) + 1);

async function* halves(said: string, signal: AbortSignal) {
  yield `First half of ${said}.`;
  await new Promise<void>((resolve) => {
    waiting.add(resolve);
    signal.addEventListener('abort', () => resolve());
  });
  yield ' Second half.';
}

@ChatController()
class Controller {
  @OnMessage()
  async *reply(message: UserMessageItem | null, { signal }: ChatContext) {
    const said = message?.content[0]?.text ?? '';
    if (said === 'counter') {
      yield widget(counter(0));
      return;
    }
    if (said.startsWith('wait')) {
      yield assistantMessageStream(halves(said, signal));
      return;
    }
    yield assistantMessage(`You said ${said}.`);
  }

  @OnAction('count', { payload: 'unchecked' })
  *count(@Sender() sender: WidgetItem) {
    yield replace(sender, oneMore);
  }

  @OnAction('count.sync', { sync: true, payload: 'unchecked' })
  countSync(@Sender() sender: WidgetItem) {
    return replace(sender, oneMore);
  }
}

const chat = chatkit({
  controllers: [Controller],
  store,
  owner: 'shared',
  ...(JSON.parse(options) as Partial<ChatKitOptions>),
});
const server = createServer(chat).listen(0, '127.0.0.1', () => {
  process.send!(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}/chatkit`);
});

process.on('message', (question: string) => {
  if (question === 'go on') {
    process.send!(String(waiting.size));
    for (const resume of waiting) resume();
    waiting.clear();
  }
  if (question === 'runs') process.send!(String(waiting.size));
  if (question === 'close') void chat.close({ timeoutMs: 0 }).then(() => process.send!('closed'));
});
