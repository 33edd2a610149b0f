import type { Attachment } from '../../src/protocol';
import * as wire from '../support/requests';
import { ADAPTERS } from '../support/adapters';
import {
  altered,
  BYTES,
  FILE_ADAPTERS,
  form,
  picture,
  put,
  scopeOf,
  send,
  serveFiles,
  uploadUrl,
} from './support';

describe.each(FILE_ADAPTERS)('an announced file through %s', (_, adapter) => {
  const uploads: [how: string, send: (to: Attachment) => RequestInit][] = [
    ['raw by PUT', () => ({ method: 'PUT', body: picture() })],
    ['raw by POST', () => ({ method: 'POST', body: picture() })],
    ['raw and without a type', () => ({ method: 'PUT', body: BYTES })],
    ['as a form by PUT', () => ({ method: 'PUT', body: form(['file', picture()]) })],
    [
      'as a form by POST, with other fields around it',
      () => ({ method: 'POST', body: form(['a', '1'], ['file', picture()], ['b', '2']) }),
    ],
  ];

  test.each(uploads)('is uploaded %s', async (_, init) => {
    const chat = await serveFiles(adapter);
    const announced = await chat.announce();
    expect(announced).toEqual({
      id: expect.stringMatching(/^atc_/),
      type: 'image',
      name: 'cat.png',
      mime_type: 'image/png',
      preview_url: expect.stringContaining(`${chat.url}/attachments/${announced.id}?`),
      upload_descriptor: {
        url: expect.stringContaining(`${chat.url}/attachments/${announced.id}?`),
        method: 'PUT',
        headers: {},
      },
    });
    const { upload_descriptor, ...uploaded } = announced;
    const answer = await send(upload_descriptor!.url, init(announced));
    expect([answer.status, answer.json]).toEqual([200, uploaded]);
    expect(await chat.record(announced.id)).toEqual(uploaded);
    const file = await chat.files.read({ owner: 'alice' }, announced.id);
    expect(await file.bytes()).toEqual(BYTES);
    expect(file.size).toBe(BYTES.length);
    expect(chat.kept()).toEqual([file.path.slice(chat.directory.length + 1)]);
  });

  test('is sent with a message, which knows nothing of the link any more', async () => {
    const chat = await serveFiles(adapter);
    const announced = await chat.announce();
    await put(announced);
    const threadId = await chat.newThread();
    const { events } = await chat.post(wire.say(threadId, 'Look', { attachments: [announced.id] }));
    const uploaded = { ...announced };
    delete uploaded.upload_descriptor;
    expect(events[0]).toMatchObject({ item: { attachments: [{ ...uploaded, thread_id: threadId }] } });
    expect(await chat.record(announced.id)).toEqual({ ...uploaded, thread_id: threadId });
  });

  test('may be sent with a message before its bytes have arrived', async () => {
    const chat = await serveFiles(adapter);
    const announced = await chat.announce();
    const threadId = await chat.newThread();
    await chat.post(wire.say(threadId, 'Look', { attachments: [announced.id] }));
    expect((await put(announced)).status).toBe(200);
    const record = await chat.record(announced.id);
    expect([record.thread_id, record.upload_descriptor]).toEqual([threadId, undefined]);
  });

  test('is deleted with its bytes, and its link is good for nothing then', async () => {
    const chat = await serveFiles(adapter);
    const announced = await chat.announce();
    await put(announced);
    expect((await chat.post(wire.discard(announced.id), { user: 'bob' })).status).toBe(404);
    expect(chat.kept()).toHaveLength(1);
    expect((await chat.post(wire.discard(announced.id))).status).toBe(200);
    expect(chat.kept()).toEqual([]);
    const again = await put(announced);
    expect([again.status, again.code]).toEqual([404, 'not_found']);
    expect(chat.kept()).toEqual([]);
  });

  test('is not readable for another owner, nor before it is there', async () => {
    const chat = await serveFiles(adapter);
    const announced = await chat.announce();
    await expect(chat.files.read(scopeOf('alice'), announced.id)).rejects.toMatchObject({ status: 404 });
    await put(announced);
    await expect(chat.files.read(scopeOf('bob'), announced.id)).rejects.toMatchObject({ status: 404 });
    const [path] = chat.kept();
    await expect(chat.files.read(scopeOf('bob'), `../${path!}`)).rejects.toMatchObject({ status: 404 });
    await chat.files.deleteAttachment(scopeOf('bob'), `../${path!}`);
    expect(chat.kept()).toEqual([path]);
  });

  test('may be empty, large, or at the limit', async () => {
    const chat = await serveFiles(adapter, { maxSize: 3_000_000 });
    for (const size of [0, 1, 2_999_999, 3_000_000]) {
      const announced = await chat.announce('a.bin', size, '');
      expect(announced.mime_type).toBe('application/octet-stream');
      expect((await put(announced, Buffer.alloc(size, 7), {})).status).toBe(200);
      const { bytes } = await chat.files.read(scopeOf('alice'), announced.id);
      expect(Buffer.from(await bytes()).equals(Buffer.alloc(size, 7))).toBe(true);
    }
    const over = await chat.post(wire.announce('a.bin', 3_000_001, ''));
    expect([over.status, over.json['error'].code]).toEqual([413, 'file_too_large']);
  });

  test('answers a preflight of an allowed origin with the methods of uploads', async () => {
    const chat = await serveFiles(adapter, {}, { cors: { origins: ['https://shop.example'] } });
    const announced = await chat.announce();
    const ask = { 'access-control-request-method': 'PUT', 'access-control-request-headers': 'content-type' };
    for (const url of [uploadUrl(announced), `${chat.url}/attachments`]) {
      const ok = await send(url, { method: 'OPTIONS', headers: { ...ask, origin: 'https://shop.example' } });
      expect(ok.status).toBe(204);
      expect(ok.headers.get('access-control-allow-origin')).toBe('https://shop.example');
      expect(ok.headers.get('access-control-allow-methods')).toContain('POST');
      expect(ok.headers.get('access-control-allow-headers')).toBe('content-type');
      const no = await send(url, { method: 'OPTIONS', headers: { ...ask, origin: 'https://evil.example' } });
      expect(no.headers.get('access-control-allow-origin')).toBeNull();
    }
    const answer = await send(uploadUrl(announced), {
      method: 'PUT',
      body: BYTES,
      headers: { origin: 'https://shop.example' },
    });
    expect(answer.headers.get('access-control-allow-origin')).toBe('https://shop.example');
    const refused = await send(
      altered(announced, (url) => url.searchParams.delete('signature')),
      {
        method: 'PUT',
        headers: { origin: 'https://shop.example' },
      },
    );
    expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([
      403,
      'https://shop.example',
    ]);
  });

  test('is not asked for by methods that have no meaning', async () => {
    const chat = await serveFiles(adapter);
    const announced = await chat.announce();
    for (const [url, method] of [
      [uploadUrl(announced), 'DELETE'],
      [uploadUrl(announced), 'PATCH'],
      [`${chat.url}/attachments`, 'GET'],
      [`${chat.url}/attachments`, 'PUT'],
    ] as const) {
      const answer = await send(url, { method });
      expect([answer.status, answer.code]).toEqual([405, 'method_not_allowed']);
    }
  });
});

test('links go to where the function says, which sees the context of the request', async () => {
  const chat = await serveFiles(ADAPTERS['node:http'], {
    baseUrl: (context) => `https://${(context as { userId: string }).userId}.example/api/chatkit/`,
  });
  const { upload_descriptor } = await chat.announce();
  expect(upload_descriptor!.url).toMatch(
    /^https:\/\/alice\.example\/api\/chatkit\/attachments\/atc_\w+\?owner=/,
  );
});

test('a secret that was replaced still verifies, and one that was dropped does not', async () => {
  const [old, fresh] = ['o'.repeat(32), 'n'.repeat(32)];
  const before = await serveFiles(ADAPTERS['node:http'], { secret: old });
  const announced = await before.announce();
  const rotated = await serveFiles(ADAPTERS['node:http'], { secret: [fresh, old] }, { store: before.store });
  const moved = (to: string) => altered(announced, (url) => (url.port = new URL(to).port));
  expect((await put(moved(rotated.url))).status).toBe(200);
  const dropped = await serveFiles(ADAPTERS['node:http'], { secret: [fresh] }, { store: before.store });
  expect((await put(moved(dropped.url))).code).toBe('bad_signature');
});

test('two-phase may be the only way, or no way at all', async () => {
  const direct = await serveFiles(ADAPTERS['node:http'], { mode: 'direct' });
  const refused = await direct.post(wire.announce());
  expect([refused.status, refused.json['error'].code]).toEqual([400, 'direct_upload_only']);
  const twoPhase = await serveFiles(ADAPTERS['node:http'], { mode: 'two-phase' });
  const answer = await send(`${twoPhase.url}/attachments`, {
    method: 'POST',
    body: form(['file', picture()]),
    headers: { 'x-user-id': 'alice' },
  });
  expect([answer.status, answer.code]).toEqual([404, 'not_found']);
});

test('behind express.json() an upload is taken as well', async () => {
  const chat = await serveFiles(ADAPTERS['Express 5 behind express.json()']);
  expect((await put(await chat.announce())).status).toBe(200);
  const json = Buffer.from('{"a": 1}');
  const announced = await chat.announce('a.json', json.length, 'application/json');
  const drained = await put(announced, json, { 'content-type': 'application/json' });
  expect([drained.status, drained.code]).toEqual([500, 'internal_error']);
  const answer = await send(uploadUrl(announced), {
    method: 'PUT',
    body: form(['file', picture(json, 'a.json', 'application/json')]),
  });
  expect(answer.status).toBe(200);
});
