import {
  assistantMessage,
  ChatController,
  OnAction,
  OnMessage,
  type ChatContext,
  type HandlerResult,
} from '../../src';
import { LEASE_OWNER } from '../../src/app/lease';
import type { ItemDraft } from '../../src/context';
import { SqliteStore } from '../../src/stores/sqlite';
import { drivers } from '../stores/drivers';
import { serveChat, threadIdOf, type TestChat } from '../support/chat';
import { afterThisTest } from '../support/cleanup';
import * as wire from '../support/requests';

/** Pairs of texts that databases take for each other: half a character, or what is behind a NUL, is lost. */
const TWINS: [one: string, other: string][] = [
  ['a\ud800', 'a\udfff'],
  ['a\ud83d', 'a\ufffd'],
  ['a\0b', 'a\0c'],
  ['a\0', 'a'],
];
const MALFORMED = ['a\ud800', '\udc00a', 'a\0'];

const AS_ANN = { user: encodeOwner('ann') };

function isMalformed(text: string): boolean {
  return text.includes('\0') || /\p{Surrogate}/u.test(text);
}

@ChatController()
class Controller {
  @OnMessage()
  reply() {
    return assistantMessage('Hello!');
  }

  @OnAction('put', { payload: 'unchecked' })
  async put({ key }: { key: string }, ctx: ChatContext) {
    await ctx.store.putValue(key, 'put');
    return assistantMessage('Put.');
  }

  @OnAction('add', { payload: 'unchecked' })
  add({ id }: { id: string }) {
    const item: ItemDraft = { type: 'end_of_turn', id };
    return { type: 'thread.item.done' as const, item };
  }
}

describe.each(drivers())('with SqliteStore (%s)', (driver) => {
  async function serve(): Promise<TestChat> {
    const store = new SqliteStore(':memory:', { driver });
    afterThisTest(() => store.close());
    const owner = ({ userId }: { userId: string }) => decodeOwner(userId);
    return serveChat({ controllers: [Controller], store, owner });
  }

  test.each(TWINS)('an owner that a database takes for another one is nobody (%j, %j)', async (...owners) => {
    const chat = await serve();
    for (const owner of owners) {
      const user = encodeOwner(owner);
      const made = await chat.post(wire.create(), { user });
      const listed = await chat.post(wire.listThreads(), { user });
      if (isMalformed(owner)) {
        const error = { code: 'invalid_owner' };
        expect([made, listed]).toMatchObject(Array(2).fill({ status: 401, json: { error } }));
      } else expect(listed.json['data']).toHaveLength(1);
    }
    const all = await chat.store.admin?.listThreads({ limit: 9, order: 'asc' });
    expect(all?.data.map(({ owner }) => owner)).toEqual(owners.filter((owner) => !isMalformed(owner)));
  });

  test.each(['a\ud800', LEASE_OWNER])('nor may the application act for such an owner (%j)', async (owner) => {
    const chat = await serve();
    expect(() => chat.app.as({ userId: encodeOwner(owner) })).toThrow(
      expect.objectContaining({ code: 'invalid_owner' }),
    );
    expect(await chat.post(wire.create(), { user: encodeOwner(owner) })).toMatchObject({ status: 401 });
  });

  test.each(MALFORMED)(
    'an id or key %j of a handler is a mistake in the application, and stores nothing',
    async (text) => {
      const chat = await serve();
      const threadId = threadIdOf(await chat.post(wire.create(), AS_ANN));
      const before = await chat.items(threadId, 'ann');
      for (const action of [
        wire.act(threadId, undefined, 'put', { key: text }),
        wire.act(threadId, undefined, 'add', { id: text }),
      ]) {
        const { events } = await chat.post(action, AS_ANN);
        expect(events.at(-1)).toEqual({ type: 'error', code: 'stream.error', allow_retry: false });
      }
      expect(await chat.items(threadId, 'ann')).toEqual(before);
      const logged = chat.logger.lines.filter(({ level }) => level === 'error');
      expect(logged.map(({ details }) => details['code'])).toEqual(['malformed_id', 'malformed_id']);
    },
  );
});

/** Every request that names something by an id: where the id stands, and the request around it. */
const REQUESTS: [path: string, request: (id: string) => wire.Wire][] = [
  ['thread_id', (id) => wire.say(id)],
  ['thread_id', (id) => wire.act(id, undefined, 'put')],
  ['thread_id', (id) => wire.actSync(id, undefined, 'put')],
  ['thread_id', (id) => wire.toolOutput(id, 1)],
  ['thread_id', (id) => wire.answer(id, 'i', {})],
  ['thread_id', (id) => wire.retry(id, 'i')],
  ['thread_id', (id) => wire.getThread(id)],
  ['thread_id', (id) => wire.rename(id, 'x')],
  ['thread_id', (id) => wire.deleteThread(id)],
  ['thread_id', (id) => wire.listItems(id)],
  ['thread_id', (id) => wire.feedback(id, [])],
  ['item_id', (id) => wire.act('t', id, 'put')],
  ['item_id', (id) => wire.actSync('t', id, 'put')],
  ['item_id', (id) => wire.answer('t', id, {})],
  ['item_id', (id) => wire.retry('t', id)],
  ['item_ids.0', (id) => wire.feedback('t', [id])],
  ['after', (id) => wire.listThreads({ after: id })],
  ['after', (id) => wire.listItems('t', { after: id })],
  ['attachment_id', (id) => wire.discard(id)],
  ['input.attachments.0', (id) => wire.create('x', { attachments: [id] })],
  ['input.attachments.0', (id) => wire.say('t', 'x', { attachments: [id] })],
];

test.each(REQUESTS)(
  'a %s that no store keeps as it is is refused before anything is looked for',
  async (path, request) => {
    const chat = await serveChat({ controllers: [Controller] });
    for (const id of MALFORMED) {
      expect(await chat.post(request(id))).toMatchObject({
        status: 400,
        json: { error: { code: 'bad_request', issues: [{ path: `params.${path}` }] } },
      });
    }
  },
);

test('texts of users may hold half a character and NUL', async () => {
  const chat = await serveChat({ controllers: [Controller] });
  const text = `half \ud800 and \0`;
  const threadId = threadIdOf(await chat.post(wire.create(text)));
  expect((await chat.items(threadId))[0]).toMatchObject({ content: [{ text }] });
});

describe.each(['development', 'production'] as const)('in %s', (mode) => {
  test.each([true, 5, 5n, null, {}])(
    'an id that is no text, %p, is the mistake of its handler',
    async (id) => {
      const item = { type: 'assistant_message', content: [] };
      const events = [
        { type: 'thread.item.removed', item_id: id },
        { type: 'thread.item.replaced', item_id: id, change: () => undefined },
        { type: 'thread.item.updated', item_id: id, update: { type: 'widget.root.updated', widget: {} } },
        ...(id === null ? [] : [{ type: 'thread.item.done', item: { ...item, id } }]),
      ];
      for (const event of events) {
        @ChatController()
        class Wrong {
          @OnMessage()
          reply() {
            return event as HandlerResult;
          }
        }
        const store = new SqliteStore(':memory:');
        const chat = await serveChat({ controllers: [Wrong], store, mode });
        const { events: sent } = await chat.post(wire.create());
        expect([event.type, sent.at(-1)]).toMatchObject([
          event.type,
          { type: 'error', code: 'stream.error' },
        ]);
        const logged = chat.logger.lines.filter(({ details }) => details['code'] === 'invalid_event');
        expect(logged).toHaveLength(1);
        store.close();
      }
    },
  );
});

/** A header takes no such text. */
function encodeOwner(owner: string): string {
  return [...Array(owner.length).keys()].map((index) => owner.charCodeAt(index).toString(16)).join('-');
}

function decodeOwner(codes: string): string {
  return String.fromCharCode(...codes.split('-').map((code) => parseInt(code, 16)));
}
