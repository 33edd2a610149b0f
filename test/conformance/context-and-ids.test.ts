import {
  ChatController,
  MemoryStore,
  OnAction,
  OnFeedback,
  OnMessage,
  OnTranscribe,
  type ChatContext,
} from '../../src';
import { chatkit } from '../../src/fetch';

/* What the reference's own tests ask for and no scenario can say: the application's context and ids. */

interface User {
  userId: string;
}

@ChatController()
class Witness {
  readonly seen: unknown[] = [];

  @OnMessage()
  reply(_: unknown, ctx: ChatContext<User>): undefined {
    this.note(ctx);
  }
  @OnAction('go', { payload: 'unchecked' })
  act(_: unknown, ctx: ChatContext<User>): undefined {
    this.note(ctx);
  }
  @OnAction('go', { payload: 'unchecked', sync: true })
  actNow(_: unknown, ctx: ChatContext<User>): undefined {
    this.note(ctx);
  }
  @OnFeedback()
  rate(_: unknown, ctx: ChatContext<User>): void {
    this.note(ctx);
  }
  @OnTranscribe()
  transcribe(_: unknown, ctx: ChatContext<User>): string {
    this.note(ctx);
    return '';
  }
  private note({ operation, requestContext: { userId } }: ChatContext<User>): undefined {
    this.seen.push([operation, userId]);
  }
}

test("the application's context reaches every handler, and its ids are used", async () => {
  const witness = new Witness();
  let made = 0;
  const chat = chatkit<User>({
    controllers: [witness],
    store: new MemoryStore(),
    context: (request) => ({ userId: request.headers.get('x-user')! }),
    owner: ({ userId }) => userId,
    generateId: (kind) => `${kind}_custom_${String((made += 1))}`,
  });
  const headers = { 'content-type': 'application/json', 'x-user': 'ada' };
  const send = async (type: string, params: object): Promise<string> => {
    const body = JSON.stringify({ type, params });
    return (await chat(new Request('http://chat', { method: 'POST', headers, body }))).text();
  };

  const input = { content: [], attachments: [], inference_options: {} };
  const created = await send('threads.create', { input });
  expect(created).toContain('"thread":{"id":"thread_custom_1"');
  expect(created).toContain('"id":"message_custom_2"');

  const thread_id = 'thread_custom_1';
  await send('threads.custom_action', { thread_id, action: { type: 'go' } });
  await send('threads.sync_custom_action', { thread_id, action: { type: 'go' } });
  await send('items.feedback', { thread_id, item_ids: [], kind: 'positive' });
  await send('input.transcribe', { audio_base64: '', mime_type: 'audio/ogg' });

  expect(witness.seen).toEqual([
    ['threads.create', 'ada'],
    ['threads.custom_action', 'ada'],
    ['threads.sync_custom_action', 'ada'],
    ['items.feedback', 'ada'],
    ['input.transcribe', 'ada'],
  ]);
});
