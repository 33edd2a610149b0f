import {
  assistantMessage,
  ChatController,
  clientToolCall,
  endOfTurn,
  hiddenContext,
  OnAction,
  OnFeedback,
  OnMessage,
  OnTranscribe,
  replace,
  structuredInput,
  widget,
  type Attachment,
  type AudioInput,
  type ChatContext,
  type ClientToolCallItem,
  type FeedbackInput,
  type ThreadItem,
  type UserMessageItem,
} from '../../src';
import { MemoryStore } from '../../src/stores';
import { slow } from '../support/failing-store';
import { serveChat, textOf, threadIdOf, type TestChat } from '../support/chat';
import type { Json } from '../support/client';
import * as wire from '../support/requests';

const card = (title: string) => ({ type: 'Card', children: [{ type: 'Title', value: title }] }) as never;

let heard: unknown[];

@ChatController()
class Controller {
  @OnMessage()
  *reply(message: UserMessageItem | null, ctx: ChatContext) {
    const text = textOf(message ?? undefined);
    heard.push(message === null ? null : text);
    if (text === 'ask') {
      yield structuredInput([
        { type: 'multiple_choice', question: 'Which?', options: [{ value: 'a' }, { value: 'b' }] },
        {
          type: 'multiple_choice',
          question: 'All?',
          options: [{ value: 'a' }, { value: 'b' }],
          multiple: true,
        },
        { type: 'freeform', question: 'Why?' },
        { type: 'freeform', question: 'And?' },
      ]);
    } else if (text === 'ask for a name') {
      yield structuredInput([{ type: 'freeform', id: 'constructor', question: 'Which?' }]);
    } else if (text === 'locate') {
      yield clientToolCall('older');
      yield clientToolCall('locate', { precise: true });
      yield hiddenContext('a note');
      yield endOfTurn();
    } else if (text === 'widget') yield widget(card('one'));
    else if (text.startsWith('hide')) {
      for (let count = Number(text.slice(5)); count > 0; count -= 1) yield hiddenContext('SECRET');
    } else if (message?.attachments.length) yield assistantMessage(`Got ${message.attachments[0]!.id}.`);
    else if (text !== 'nothing') yield assistantMessage(`You said: ${text} (${ctx.locale})`);
  }

  @OnAction('star', { sync: true, payload: 'unchecked' })
  star(payload: unknown) {
    heard.push(payload);
    return card('starred');
  }

  @OnAction('star.item', { sync: true, payload: 'unchecked' })
  starItem(_: unknown, ctx: ChatContext) {
    return { ...ctx.sender!, widget: card('as item') };
  }

  @OnAction('star.replace', { sync: true, payload: 'unchecked' })
  starReplace(_: unknown, ctx: ChatContext) {
    return replace(ctx.sender, () => card('as change'));
  }

  @OnAction('star.nothing', { sync: true, payload: 'unchecked' })
  nothing(_: unknown, ctx: ChatContext) {
    ctx.thread.title = 'Changed by a sync action';
  }

  @OnAction('star.wrong', { sync: true, payload: 'unchecked' })
  wrong() {
    return 'SECRET' as never; // the compiler would refuse it
  }

  @OnFeedback()
  feedback(input: FeedbackInput) {
    heard.push(input);
  }

  @OnTranscribe()
  transcribe({ data, mime_type, media_type }: AudioInput) {
    heard.push([data.toString(), mime_type, media_type]);
    return { text: 'spoken' };
  }
}

const bytes: string[] = [];
const attachmentStore = {
  createAttachment: (_: unknown, input: { name: string; mime_type: string; size: number }): Attachment => {
    bytes.push(input.name);
    return {
      id: `atc_${input.name}`,
      type: 'file',
      name: input.name,
      mime_type: input.mime_type,
      upload_descriptor: { url: 'https://files.example/put', method: 'PUT', headers: { a: 'b' } },
      metadata: { bucket: 'SECRET' },
    };
  },
  deleteAttachment: (_: unknown, id: string) => {
    bytes.splice(bytes.indexOf(id.replace('atc_', '')), 1);
  },
};

beforeEach(() => {
  heard = [];
  bytes.length = 0;
});

describe.each([
  ['answers at once', () => new MemoryStore()],
  ['answers later', () => slow(new MemoryStore())],
])('with a store that %s', (_, newStore) => {
  let chat: TestChat;

  beforeEach(async () => {
    chat = await serveChat({ controllers: [Controller], store: newStore(), attachmentStore });
  });

  /** Sends a message in a thread of its own, and returns the thread's items by their type. */
  async function after(text: string) {
    const threadId = threadIdOf(await chat.post(wire.create(text)));
    const items = await chat.items(threadId);
    return { threadId, items, id: (type: string) => items.find((item) => item.type === type)?.id ?? '' };
  }

  describe('threads.create', () => {
    test('makes a thread, stores the message and answers', async () => {
      const reply = await chat.post(wire.create('Hi', { quoted_text: 'quoted' }), {
        headers: { 'accept-language': 'de-CH,de;q=0.9' },
      });
      const [created, asked, options, answered] = reply.events as never as Json[];
      expect(created).toEqual({
        type: 'thread.created',
        thread: expect.objectContaining({
          status: { type: 'active' },
          metadata: {},
          items: { data: [], has_more: false },
        }),
      });
      expect(asked!['item']).toMatchObject({
        type: 'user_message',
        thread_id: created!['thread'].id,
        content: [{ type: 'input_text', text: 'Hi' }],
        quoted_text: 'quoted',
        attachments: [],
        inference_options: {},
      });
      expect(options).toEqual({ type: 'stream_options', stream_options: { allow_cancel: true } });
      expect(textOf(answered!['item'])).toBe('You said: Hi (de-CH)');
      expect(asked!['item'].created_at).toMatch(/Z$/);
      expect(await chat.items(created!['thread'].id)).toEqual([asked!['item'], answered!['item']]);
    });

    test('keeps tags with their data', async () => {
      const content = [{ type: 'input_tag', id: 'u1', text: 'Ada', interactive: true, data: { a: null } }];
      const { events } = await chat.post(wire.create('', { content }));
      expect(events[1]).toHaveProperty('item.content', content);
    });
  });

  test('threads.add_user_message goes on with a thread', async () => {
    const { threadId } = await after('Hi');
    const reply = await chat.post(wire.say(threadId, 'More'));
    expect(reply.types).toEqual(['thread.item.done', 'stream_options', 'thread.item.done']);
    expect((await chat.items(threadId)).map(textOf)).toEqual([
      'Hi',
      'You said: Hi (en)',
      'More',
      'You said: More (en)',
    ]);
  });

  describe('threads.add_client_tool_output', () => {
    test('completes the newest pending call, drops others, and the responder runs without a message', async () => {
      const { threadId } = await after('locate');
      const reply = await chat.post(wire.toolOutput(threadId, { lat: 1, none: null }));
      expect(reply.types[0]).toBe('stream_options');
      expect(heard).toEqual(['locate', null]);
      const calls = (await chat.items(threadId)).filter(({ type }) => type === 'client_tool_call');
      expect(calls).toEqual([
        expect.objectContaining({ name: 'locate', status: 'completed', output: { lat: 1, none: null } }),
      ]);
    });

    test.each([null, false, 0, '', [], {}])('takes the result %p', async (result) => {
      const { threadId } = await after('locate');
      await chat.post(wire.toolOutput(threadId, result));
      const call = (await chat.items(threadId)).find(({ type }) => type === 'client_tool_call');
      expect(call).toHaveProperty('status', 'completed');
      // As a field of the protocol, null is left out.
      expect((call as ClientToolCallItem).output ?? null).toEqual(result);
    });

    test('is refused when no call is pending, and a second time', async () => {
      const { threadId } = await after('Hi');
      expect((await chat.post(wire.toolOutput(threadId, {}))).status).toBe(409);
      const located = await after('locate');
      await chat.post(wire.toolOutput(located.threadId, {}));
      const again = await chat.post(wire.toolOutput(located.threadId, {}));
      expect([again.status, again.json['error'].code]).toEqual([409, 'conflict']);
      expect(heard.filter((each) => each === null)).toHaveLength(1);
    });
  });

  describe('threads.add_structured_input', () => {
    test('stores the answers, tells the page, and the responder runs without a message', async () => {
      const { threadId, id } = await after('ask');
      const answers = {
        input_1: { values: ['a', 'b'] },
        input_2: { values: ['a', 'b'], skipped: false },
        input_3: { values: [] },
        unknown: { values: ['x'] },
      };
      const reply = await chat.post(
        wire.answer(threadId, id('structured_input'), { status: 'answered', answers }),
      );
      expect(reply.types.slice(0, 2)).toEqual(['stream_options', 'thread.item.replaced']);
      const { item } = reply.events[1] as never as {
        item: { inputs: { answer: unknown }[]; status: string };
      };
      expect(item.status).toBe('answered');
      expect(item.inputs.map((input) => input.answer)).toEqual([
        { values: ['a'], skipped: false },
        { values: ['a', 'b'], skipped: false },
        { values: [], skipped: true },
        { values: [], skipped: true },
      ]);
      expect(heard).toEqual(['ask', null]);
      expect(chat.logger.messages('warn')).toHaveLength(1);
      expect((await chat.items(threadId)).find(({ type }) => type === 'structured_input')).toEqual(item);
    });

    test('takes a question for unanswered whatever its id is in the language', async () => {
      const { threadId, id } = await after('ask for a name');
      const reply = await chat.post(
        wire.answer(threadId, id('structured_input'), { status: 'answered', answers: {} }),
      );
      expect(reply.events[1]).toHaveProperty('item.inputs.0.answer', { values: [], skipped: true });
      expect(reply.types).not.toContain('error');
    });

    test('may be skipped as a whole', async () => {
      const { threadId, id } = await after('ask');
      const reply = await chat.post(wire.answer(threadId, id('structured_input'), { status: 'skipped' }));
      expect(reply.events[1]).toHaveProperty('item.status', 'skipped');
    });

    test('is refused when it is not pending, and on other items', async () => {
      const { threadId, id } = await after('ask');
      await chat.post(wire.answer(threadId, id('structured_input'), { status: 'skipped' }));
      const again = await chat.post(wire.answer(threadId, id('structured_input'), {}));
      expect([again.status, again.json['error'].message]).toEqual([
        409,
        expect.stringContaining('skipped already'),
      ]);
      const other = await chat.post(wire.answer(threadId, id('user_message'), {}));
      expect([other.status, other.json['error'].message]).toEqual([
        409,
        expect.stringContaining('user_message'),
      ]);
    });
  });

  describe('threads.retry_after_item', () => {
    test('deletes what came after a message, silently, and answers it anew', async () => {
      const { threadId, id } = await after('Hi');
      for (const text of ['two', 'three', 'hide 3']) await chat.post(wire.say(threadId, text));
      const reply = await chat.post(wire.retry(threadId, id('user_message')));
      expect(reply.types).toEqual(['stream_options', 'thread.item.done']);
      expect(heard.at(-1)).toBe('Hi');
      expect((await chat.items(threadId)).map(textOf)).toEqual(['Hi', 'You said: Hi (en)']);
    });

    test('deletes more than one page', async () => {
      const { threadId, id } = await after('Hi');
      await chat.post(wire.say(threadId, 'hide 250'));
      await chat.post(wire.retry(threadId, id('user_message')));
      expect(await chat.items(threadId)).toHaveLength(2);
    });

    test('is refused on other items', async () => {
      const { threadId, id, items } = await after('Hi');
      const reply = await chat.post(wire.retry(threadId, id('assistant_message')));
      expect([reply.status, reply.json['error'].code]).toEqual([409, 'conflict']);
      expect(await chat.items(threadId)).toEqual(items);
    });
  });

  describe('threads.sync_custom_action', () => {
    test.each([
      ['star', 'starred'],
      ['star.item', 'as item'],
      ['star.replace', 'as change'],
    ])('%s stores and answers the updated item', async (action, title) => {
      const { threadId, id } = await after('widget');
      const { status, json } = await chat.post(
        wire.actSync(threadId, id('widget'), action, { a: [1, null] }),
      );
      expect(status).toBe(200);
      expect(json['updated_item']).toMatchObject({ id: id('widget'), widget: card(title) });
      expect(await chat.items(threadId)).toContainEqual(json['updated_item']);
      if (action === 'star') expect(heard.at(-1)).toEqual({ a: [1, null] });
    });

    test('answers nothing for nothing, and saves changes to the thread', async () => {
      const { threadId, id } = await after('widget');
      const reply = await chat.post(wire.actSync(threadId, id('widget'), 'star.nothing'));
      expect(reply.json).toEqual({});
      expect((await chat.thread(threadId)).title).toBe('Changed by a sync action');
    });

    test('answers a wrong result with a generic 500', async () => {
      const { threadId, id } = await after('widget');
      const reply = await chat.post(wire.actSync(threadId, id('widget'), 'star.wrong'));
      expect([reply.status, reply.json['error'].code]).toEqual([500, 'internal_error']);
    });

    test('has no sender for an empty id, and then no place for a widget', async () => {
      const { threadId } = await after('widget');
      expect((await chat.post(wire.actSync(threadId, '', 'star.nothing'))).json).toEqual({});
      expect((await chat.post(wire.actSync(threadId, undefined, 'star'))).status).toBe(400);
    });
  });

  describe('threads.get_by_id and items.list', () => {
    test('give the first twenty visible items, oldest first, whatever is hidden between them', async () => {
      const { threadId } = await after('0');
      for (let count = 1; count < 15; count += 1) {
        await chat.post(wire.say(threadId, count % 3 === 0 ? 'hide 30' : String(count)));
      }
      const { json } = await chat.post(wire.getThread(threadId));
      expect(json['id']).toBe(threadId);
      expect(json['items'].data).toHaveLength(20);
      expect(json['items'].has_more).toBe(true);
      const visible = (await chat.items(threadId)).filter(({ type }) => type !== 'hidden_context_item');
      expect(json['items'].data).toEqual(visible.slice(0, 20));

      for (const order of ['asc', 'desc']) {
        for (const limit of [1, 4, 7, 100]) {
          const seen: unknown[] = [];
          let page: Json = { has_more: true };
          while (page['has_more']) {
            page = (await chat.post(wire.listItems(threadId, { order, limit, after: page['after'] }))).json;
            expect(page['data'].length === limit || page['has_more'] === false).toBe(true);
            expect(page['data'].length).toBeGreaterThan(0);
            seen.push(...page['data']);
          }
          expect(seen).toEqual(order === 'asc' ? visible : visible.toReversed());
        }
      }
    });

    test('take 0 and nothing for twenty, and newest first for no order', async () => {
      const { threadId } = await after('0');
      for (let count = 1; count < 13; count += 1) await chat.post(wire.say(threadId, String(count)));
      for (const page of [{}, { limit: 0 }, { limit: null }, { limit: '20' }, { after: '' }]) {
        const { json } = await chat.post(wire.listItems(threadId, page));
        expect(json['data']).toHaveLength(20);
        expect(textOf(json['data'][0])).toBe('You said: 12 (en)');
      }
    });

    test('a cursor stays valid when its item is hidden or deleted', async () => {
      const { threadId, items } = await after('Hi');
      await chat.post(wire.say(threadId, 'hide 1'));
      await chat.post(wire.say(threadId, 'More'));
      const hidden = (await chat.items(threadId)).find(({ type }) => type === 'hidden_context_item')!;
      const page = await chat.post(wire.listItems(threadId, { order: 'asc', after: hidden.id }));
      expect((page.json['data'] as ThreadItem[]).map(textOf)).toEqual(['More', 'You said: More (en)']);
      await chat.post(wire.retry(threadId, items[0]!.id));
      const last = await chat.post(wire.listItems(threadId, { order: 'asc', after: hidden.id }));
      expect((last.json['data'] as ThreadItem[]).map(textOf)).toEqual(['You said: Hi (en)']);
    });

    test('an unknown cursor is a 404', async () => {
      const { threadId } = await after('Hi');
      expect((await chat.post(wire.listItems(threadId, { after: 'none' }))).status).toBe(404);
      expect((await chat.post(wire.listThreads({ after: 'none' }))).status).toBe(404);
    });
  });

  test('threads.list pages through the owner’s threads in both directions, without items', async () => {
    const ids: string[] = [];
    for (let count = 0; count < 5; count += 1) ids.push((await after(String(count))).threadId);
    await chat.post(wire.create('other'), { user: 'bob' });
    for (const order of ['asc', 'desc']) {
      const seen: unknown[] = [];
      let page: Json = { has_more: true };
      while (page['has_more']) {
        page = (await chat.post(wire.listThreads({ order, limit: 2, after: page['after'] }))).json;
        for (const thread of page['data']) {
          expect(thread.items).toEqual({ data: [], has_more: false });
          seen.push(thread.id);
        }
      }
      expect(seen).toEqual(order === 'asc' ? ids : ids.toReversed());
    }
  });

  test('threads.update renames', async () => {
    const { threadId } = await after('Hi');
    const { json } = await chat.post(wire.rename(threadId, 'A title'));
    expect(json).toMatchObject({ id: threadId, title: 'A title', items: { data: [] } });
    expect((await chat.thread(threadId)).title).toBe('A title');
  });

  test('threads.delete deletes', async () => {
    const { threadId } = await after('Hi');
    expect((await chat.post(wire.deleteThread(threadId))).text).toBe('{}');
    expect((await chat.post(wire.getThread(threadId))).status).toBe(404);
    expect((await chat.post(wire.deleteThread(threadId))).status).toBe(404);
  });

  test('items.feedback reaches its handler', async () => {
    const { threadId, id } = await after('Hi');
    const reply = await chat.post(wire.feedback(threadId, [id('assistant_message')], 'negative'));
    expect([reply.status, reply.text]).toEqual([200, '{}']);
    expect(heard.at(-1)).toEqual({ item_ids: [id('assistant_message')], kind: 'negative' });
  });

  describe('input.transcribe', () => {
    test('turns speech into text', async () => {
      const { json } = await chat.post(wire.dictate(Buffer.from('sound').toString('base64')));
      expect(json).toEqual({ text: 'spoken' });
      expect(heard).toEqual([['sound', 'audio/webm;codecs=opus', 'audio/webm']]);
    });

    test.each(['not base64!', 'A', 'AAAAA', 'AA=A', 'AA==='])('refuses %p', async (audio) => {
      const { status, json } = await chat.post(wire.dictate(audio));
      expect([status, json['error'].issues]).toEqual([
        400,
        [{ path: 'params.audio_base64', message: 'must be base64' }],
      ]);
    });
  });

  describe('attachments', () => {
    test('are announced, sent with a message, and never show their metadata', async () => {
      const announced = await chat.post(wire.announce('a.txt', 3, 'text/plain'));
      expect(announced.json).toEqual({
        id: 'atc_a.txt',
        type: 'file',
        name: 'a.txt',
        mime_type: 'text/plain',
        upload_descriptor: { url: 'https://files.example/put', method: 'PUT', headers: { a: 'b' } },
      });
      const sent = await chat.post(wire.create('Look', { attachments: ['atc_a.txt'] }));
      const threadId = threadIdOf(sent);
      expect(sent.events[1]).toHaveProperty('item.attachments.0.thread_id', threadId);
      expect(textOf((await chat.items(threadId))[1])).toBe('Got atc_a.txt.');
      const loaded = await chat.post(wire.getThread(threadId));
      const listed = await chat.post(wire.listItems(threadId));
      for (const { text } of [announced, sent, loaded, listed]) expect(text).not.toContain('SECRET');
      const scope = { owner: 'alice', requestContext: {}, signal: new AbortController().signal };
      expect(await chat.store.loadAttachment(scope, 'atc_a.txt')).toMatchObject({
        thread_id: threadId,
        metadata: { bucket: 'SECRET' },
      });
    });

    test('that are unknown or another user’s are a 404, and no thread is made', async () => {
      await chat.post(wire.announce('a.txt'));
      for (const user of ['alice', 'bob']) {
        const id = user === 'bob' ? 'atc_a.txt' : 'atc_none';
        const reply = await chat.post(wire.create('Look', { attachments: [id] }), { user });
        expect([reply.status, reply.json['error'].message]).toEqual([
          404,
          `Attachment "${id}" was not found.`,
        ]);
        expect((await chat.post(wire.listThreads(), { user })).json['data']).toEqual([]);
        expect((await chat.post(wire.discard(id), { user })).status).toBe(404);
      }
      expect(heard).toEqual([]);
      expect(bytes).toEqual(['a.txt']);
    });

    test('are deleted with their bytes', async () => {
      await chat.post(wire.announce('a.txt'));
      expect((await chat.post(wire.discard('atc_a.txt'))).text).toBe('{}');
      expect(bytes).toEqual([]);
      expect((await chat.post(wire.discard('atc_a.txt'))).status).toBe(404);
    });
  });
});

describe('an app without the handlers for it', () => {
  @ChatController()
  class Plain {
    @OnMessage()
    reply() {
      return undefined;
    }
  }

  test.each([
    ['attachments.create', wire.announce(), 501, 'no_attachment_store'],
    ['attachments.delete', wire.discard('a'), 501, 'no_attachment_store'],
    ['input.transcribe', wire.dictate('AAAA'), 404, 'no_handler'],
  ])('answers %s with a code', async (_, request, status, code) => {
    const chat = await serveChat({ controllers: [Plain] });
    const reply = await chat.post(request);
    expect([reply.status, reply.json['error'].code]).toEqual([status, code]);
  });

  test('accepts feedback and drops it', async () => {
    const chat = await serveChat({ controllers: [Plain] });
    const threadId = await chat.newThread();
    const [item] = await chat.items(threadId);
    expect((await chat.post(wire.feedback(threadId, [item!.id]))).text).toBe('{}');
  });
});
