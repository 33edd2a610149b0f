import 'reflect-metadata';
import { IsEmail, IsString, Length } from 'class-validator';
import {
  assistantMessage,
  ChatController,
  hiddenContext,
  OnAction,
  OnMessage,
  Payload,
  widget,
} from '../../src';
import { serveChat, type TestChat, threadIdOf } from '../support/chat';
import { post } from '../support/client';
import { ADAPTERS } from '../support/adapters';
import { RawSocket } from '../support/raw-socket';
import * as wire from '../support/requests';
import { afterThisTest } from '../support/cleanup';

class SignUp {
  @Length(1, 80) name!: string;
  @IsEmail() email!: string;
}

class Star {
  @IsString() id!: string;
}

@ChatController()
class Controller {
  @OnMessage()
  *reply() {
    yield hiddenContext('SECRET');
    yield widget({ type: 'Card', children: [] });
    yield assistantMessage('Hello!');
  }

  @OnAction('form.submit')
  submit(@Payload() { name }: SignUp) {
    return assistantMessage(`Welcome, ${name}!`);
  }

  @OnAction('item.star', { sync: true })
  star(@Payload() { id }: Star) {
    return { type: 'Card', children: [], id } as never;
  }

  @OnAction('anything', { payload: 'unchecked' })
  anything(payload: unknown) {
    return assistantMessage(JSON.stringify(payload));
  }
}

const nested = (depth: number): string => '{"a":'.repeat(depth) + '1' + '}'.repeat(depth);

interface Errors {
  code: string;
  message: string;
  issues?: { path: string; message: string }[];
  request_id: string;
}

describe.each(Object.entries(ADAPTERS))('through %s', (name, adapter) => {
  let chat: TestChat;
  let threadId: string;
  let itemIds: Record<string, string>;

  beforeEach(async () => {
    chat = await serveChat({ controllers: [Controller], bodyLimit: 200_000 }, adapter);
    threadId = threadIdOf(await chat.post(wire.create()));
    itemIds = Object.fromEntries((await chat.items(threadId)).map(({ type, id }) => [type, id]));
  });

  /** Sends, and sees to it that nothing came of it. */
  async function refused(...args: Parameters<TestChat['post']>): Promise<{ status: number; error: Errors }> {
    const before = await chat.items(threadId);
    const reply = await chat.post(...args);
    expect(reply.headers.get('content-type')).toBe('application/json; charset=utf-8');
    const { error } = reply.json as { error: Errors };
    expect(error.request_id).toBe(reply.headers.get('x-request-id'));
    expect(await chat.items(threadId)).toEqual(before);
    expect(chat.logger.messages('error')).toEqual([]);
    return { status: reply.status, error };
  }

  /** What the last warning says is to be done. */
  const hint = (): unknown => chat.logger.lines.findLast(({ level }) => level === 'warn')?.details['fix'];

  const parsedBefore = name.includes('express.json');

  if (!parsedBefore) {
    test('malformed JSON is refused with a code', async () => {
      const { status, error } = await refused('{"type": "threads.list",');
      expect([status, error.code, error.message]).toEqual([
        400,
        'invalid_json',
        'The body is not valid JSON.',
      ]);
    });

    test('text that is not UTF-8 is refused', async () => {
      const { status, error } = await refused(Uint8Array.from([0x22, 0xff, 0xfe, 0x22]));
      expect([status, error.code]).toEqual([400, 'invalid_json']);
    });

    test('a compressed body is refused', async () => {
      const { status, error } = await refused(wire.listThreads(), {
        headers: { 'content-encoding': 'gzip' },
      });
      expect([status, error.code]).toEqual([415, 'unsupported_media_type']);
      expect(error.message).toContain('"gzip"');
    });

    test('a charset other than UTF-8 is refused', async () => {
      const { status, error } = await refused(wire.listThreads(), {
        headers: { 'content-type': 'application/json; charset=latin1' },
      });
      expect([status, error.code]).toEqual([415, 'unsupported_media_type']);
      expect(error.message).toContain('"latin1"');
    });
  }

  test('an empty body is refused with a code', async () => {
    const { status, error } = await refused('');
    expect([status, error.code]).toEqual([400, 'empty_body']);
  });

  test('an empty body in chunks is refused as an empty body', async () => {
    const raw = (await RawSocket.open(chat.url)).read();
    raw.socket.write(
      'POST /chatkit HTTP/1.1\r\nhost: localhost\r\nx-user-id: alice\r\ncontent-type: application/json\r\n' +
        'transfer-encoding: chunked\r\n\r\n0\r\n\r\n',
    );
    await raw.untilReceived(/^HTTP\/1\.1 400 [\s\S]*"code":"empty_body"/);
    expect(chat.logger.messages('error')).toEqual([]);
  });

  if (!parsedBefore) {
    test.each(['"text"', '42', 'null', 'true'])('a body that is %s is refused', async (body) => {
      const { status, error } = await refused(body);
      expect([status, error.code]).toEqual([400, 'bad_request']);
      expect(error.message).toContain('expected object');
    });
  }

  test('a body that is an array is refused', async () => {
    const { status, error } = await refused('[]');
    expect([status, error.code]).toEqual([400, 'bad_request']);
    expect(error.message).toContain('expected object, got array');
  });

  test.each([
    ['a request without an operation', {}, 'type', 'bad_request'],
    ['an operation that is no text', { type: 7, params: {} }, 'type', 'bad_request'],
    ['an unknown operation', { type: 'threads.explode', params: {} }, 'type', 'unknown_operation'],
    ['an operation of the prototype', { type: 'constructor', params: {} }, 'type', 'unknown_operation'],
    ['missing params', { type: 'threads.get_by_id' }, 'params', 'bad_request'],
    ['a missing field', { type: 'threads.get_by_id', params: {} }, 'params.thread_id', 'bad_request'],
    ['a number for a text', wire.rename('t', 5 as never), 'params.title', 'bad_request'],
    ['a broken number', wire.listThreads({ limit: 1.5 }), 'params.limit', 'bad_request'],
    ['a wrong order', wire.listThreads({ order: 'ASC' }), 'params.order', 'bad_request'],
    [
      'a wrong content part',
      wire.create('x', { content: [{ type: 'input_image' }] }),
      'params.input.content.0.type',
      'bad_request',
    ],
    [
      'missing attachments',
      wire.create('x', { attachments: undefined }),
      'params.input.attachments',
      'bad_request',
    ],
    [
      'missing inference options',
      wire.create('x', { inference_options: undefined }),
      'params.input.inference_options',
      'bad_request',
    ],
    ['a wrong kind of feedback', wire.feedback('t', [], 'meh'), 'params.kind', 'bad_request'],
    ['metadata that are no object', { ...wire.listThreads(), metadata: [] }, 'metadata', 'bad_request'],
    ['a negative size', wire.announce('a', -1), 'params.size', 'bad_request'],
  ])('%s is refused and named', async (_, body, path, code) => {
    const { status, error } = await refused(body as wire.Wire);
    expect([status, error.code, error.issues?.[0]?.path]).toEqual([400, code, path]);
    if (code === 'bad_request') expect(error.message).toContain(path);
  });

  test.each<[string, (thread: string, item: string) => wire.Wire]>([
    ['threads.get_by_id', wire.getThread],
    ['threads.update', (thread) => wire.rename(thread, 'Mine')],
    ['threads.delete', wire.deleteThread],
    ['threads.add_user_message', (thread) => wire.say(thread)],
    ['threads.add_client_tool_output', (thread) => wire.toolOutput(thread, {})],
    ['threads.add_structured_input', (thread, item) => wire.answer(thread, item, {})],
    ['threads.retry_after_item', wire.retry],
    ['threads.custom_action', (thread, item) => wire.act(thread, item, 'form.submit', {})],
    ['threads.sync_custom_action', (thread, item) => wire.actSync(thread, item, 'item.star', {})],
    ['items.list', (thread) => wire.listItems(thread)],
    ['items.feedback', (thread, item) => wire.feedback(thread, [item])],
  ])('%s finds neither an unknown thread nor that of another user', async (_, request) => {
    const item = itemIds['user_message'] ?? '';
    const unknown = await refused(request('thr_none', item));
    expect([unknown.status, unknown.error.code]).toEqual([404, 'not_found']);
    expect(unknown.error.message).toBe('Thread "thr_none" was not found.');
    const foreign = await refused(request(threadId, item), { user: 'mallory' });
    expect([foreign.status, foreign.error.code]).toEqual([404, 'not_found']);
    expect(foreign.error.message).toBe(`Thread "${threadId}" was not found.`);
  });

  test.each<[string, (thread: string, item: string) => wire.Wire]>([
    ['threads.add_structured_input', (thread, item) => wire.answer(thread, item, {})],
    ['threads.retry_after_item', wire.retry],
    ['threads.custom_action', (thread, item) => wire.act(thread, item, 'form.submit', {})],
    ['threads.sync_custom_action', (thread, item) => wire.actSync(thread, item, 'item.star', {})],
    ['items.feedback', (thread, item) => wire.feedback(thread, [item])],
  ])('%s does not find an unknown item, nor one of another thread', async (_, request) => {
    const unknown = await refused(request(threadId, 'itm_none'));
    expect([unknown.status, unknown.error.code, unknown.error.message]).toEqual([
      404,
      'not_found',
      'Item "itm_none" was not found.',
    ]);
    const other = threadIdOf(await chat.post(wire.create()));
    const elsewhere = await refused(request(other, itemIds['widget'] ?? ''));
    expect([elsewhere.status, elsewhere.error.code]).toEqual([404, 'not_found']);
  });

  test('a sender that is no widget is refused', async () => {
    const sender = itemIds['assistant_message'];
    for (const request of [
      wire.act(threadId, sender, 'anything', {}),
      wire.actSync(threadId, sender, 'item.star', { id: 'a' }),
    ]) {
      const { status, error } = await refused(request);
      expect([status, error.code]).toEqual([400, 'sender_not_a_widget']);
      expect(error.issues?.[0]?.path).toBe('params.item_id');
    }
  });

  test('an unknown action ends its stream with an error that names it', async () => {
    const reply = await chat.post(wire.act(threadId, itemIds['widget'], 'no.such'));
    expect(reply.status).toBe(200);
    expect(reply.types).toEqual(['stream_options', 'error']);
    expect(reply.events[1]).toMatchObject({ code: 'custom', allow_retry: false });
    expect(reply.events[1]).toHaveProperty('message', expect.stringContaining('"no.such"'));
  });

  test('an unknown sync action is a 404 that names it', async () => {
    const { status, error } = await refused(wire.actSync(threadId, itemIds['widget'], 'no.such'));
    expect([status, error.code]).toEqual([404, 'unknown_action']);
    expect(error.message).toContain('"no.such"');
  });

  test('a streaming action is refused by the sync operation, with a hint in the log', async () => {
    const { error } = await refused(wire.actSync(threadId, itemIds['widget'], 'form.submit'));
    expect(error.message).toBe('The action "form.submit" is not available.');
    expect(hint()).toContain('leave `streaming: false` out');
  });

  test('an invalid payload ends its stream with an error that names the field, without retry', async () => {
    const payload = { name: 'Ada', email: 'nowhere' };
    const reply = await chat.post(wire.act(threadId, itemIds['widget'], 'form.submit', payload));
    expect(reply.types).toEqual(['stream_options', 'error']);
    expect(reply.events[1]).toEqual({
      type: 'error',
      code: 'custom',
      message: 'Invalid payload: email must be an email',
      allow_retry: false,
    });
  });

  test('an invalid payload of a sync action is a 422 with issues', async () => {
    const { status, error } = await refused(
      wire.actSync(threadId, itemIds['widget'], 'item.star', { id: 7 }),
    );
    expect([status, error.code]).toEqual([422, 'invalid_payload']);
    expect(error.issues).toEqual([{ path: 'id', message: 'id must be a string' }]);
  });

  test.each(['__proto__', '\\u005f_proto__', '__proto\\u005f_'])(
    'a payload with the key "%s" is refused',
    async (key) => {
      const body = JSON.stringify(wire.act(threadId, itemIds['widget'], 'anything', 'PAYLOAD'));
      const { status, error } = await refused(body.replace('"PAYLOAD"', `{"a":{"${key}":{"admin":true}}}`));
      expect([status, error.code]).toEqual([400, 'forbidden_key']);
      expect(error.issues?.[0]?.path).toBe('params.action.payload.a.__proto__');
      expect(({} as { admin?: boolean }).admin).toBeUndefined();
    },
  );

  test.each([10_000, 20_000])('a payload nested %d deep is refused', async (depth) => {
    const body = JSON.stringify(wire.act(threadId, itemIds['widget'], 'anything', 'PAYLOAD'));
    const { status, error } = await refused(body.replace('"PAYLOAD"', nested(depth)));
    expect([status, error.code]).toEqual([400, 'payload_too_deep']);
    expect(error.message.length).toBeLessThan(1000);
  });

  test('a body over the limit is refused, sized or chunked, and the server goes on', async () => {
    const body = JSON.stringify(wire.create('x'.repeat(200_001)));
    const sized = await refused(body);
    expect([sized.status, sized.error.code]).toEqual([413, 'body_too_large']);
    expect(sized.error.message).toBe('The body is larger than 200000 bytes.');
    const stream = new ReadableStream({
      start(controller) {
        for (let at = 0; at < body.length; at += 10_000) {
          controller.enqueue(new TextEncoder().encode(body.slice(at, at + 10_000)));
        }
        controller.close();
      },
    });
    const chunked = await fetch(chat.url, {
      method: 'POST',
      headers: { 'x-user-id': 'alice', 'content-type': 'application/json' },
      body: stream,
      duplex: 'half',
    });
    expect(chunked.status).toBe(413);
    expect(await chunked.json()).toHaveProperty('error.code', 'body_too_large');
    expect((await chat.post(wire.listThreads())).status).toBe(200);
  });

  test.each(['text/plain', 'multipart/form-data; boundary=x', 'application/jsonp'])(
    'the content type %s is refused',
    async (type) => {
      const { status, error } = await refused(wire.listThreads(), { headers: { 'content-type': type } });
      expect([status, error.code]).toEqual([415, 'unsupported_media_type']);
      expect(error.message).toContain(type);
    },
  );

  test.each(['application/json; charset="UTF-8"', 'application/json;charset=utf-8', 'application/json'])(
    'the content type %s is taken',
    async (type) => {
      const reply = await chat.post(wire.listThreads(), { headers: { 'content-type': type } });
      expect(reply.status).toBe(200);
    },
  );

  test('a missing content type is taken as JSON', async () => {
    const body = JSON.stringify(wire.listThreads());
    const raw = (await RawSocket.open(chat.url)).read();
    raw.socket.write(
      `POST /chatkit HTTP/1.1\r\nhost: x\r\nx-user-id: alice\r\ncontent-length: ${String(body.length)}\r\n\r\n${body}`,
    );
    await raw.untilReceived(/HTTP\/1.1 200 OK[^]*"data":\[/);
  });

  test.each(['GET', 'PUT', 'DELETE', 'PATCH', 'HEAD'])('%s is answered with 405', async (method) => {
    const reply = await post(chat.url, method === 'GET' ? '' : wire.listThreads(), { method });
    expect(reply.status).toBe(405);
    expect(reply.headers.get('allow')).toBe('POST, OPTIONS');
    if (method !== 'HEAD') expect(reply.json).toHaveProperty('error.code', 'method_not_allowed');
  });

  test.each(['?a=1', '/', '/?a=1'])('the path with %s behind it is the same', async (rest) => {
    expect((await post(chat.url + rest, wire.listThreads())).status).toBe(200);
  });

  test('a request target in absolute form is the same', async () => {
    const raw = (await RawSocket.open(chat.url)).read();
    const body = JSON.stringify(wire.listThreads());
    raw.socket.write(
      'POST http://localhost/chatkit?a=1 HTTP/1.1\r\nhost: localhost\r\nx-user-id: alice\r\n' +
        `content-type: application/json\r\ncontent-length: ${String(body.length)}\r\n\r\n${body}`,
    );
    await raw.untilReceived(/^HTTP\/1\.1 200 /);
  });

  test('several requests go over one connection, problems among them', async () => {
    const raw = (await RawSocket.open(chat.url)).read();
    const bad = JSON.stringify({ type: 'nothing' });
    const good = JSON.stringify(wire.listThreads());
    raw.request(bad);
    await raw.untilReceived(/unknown_operation/);
    raw.request(good);
    await raw.untilReceived(/has_more/);
    raw.request(JSON.stringify(wire.say(threadId)));
    await raw.untilReceived(/Hello![^]*\n\n(?:\r\n0\r\n\r\n)?$/); // of known length, or in chunks
    raw.request(good, { connection: 'close' });
    await raw.untilClosed();
    expect(raw.received.match(/HTTP\/1\.1 \d+/g)).toEqual([
      'HTTP/1.1 400',
      'HTTP/1.1 200',
      'HTTP/1.1 200',
      'HTTP/1.1 200',
    ]);
    afterThisTest(() => raw.hangUp());
  });
});
