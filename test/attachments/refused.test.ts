import type { Attachment } from '../../src/protocol';
import { RawSocket } from '../support/raw-socket';
import * as wire from '../support/requests';
import { ADAPTERS } from '../support/adapters';
import {
  altered,
  BYTES,
  FILE_ADAPTERS,
  form,
  picture,
  previewUrl,
  put,
  send,
  serveFiles,
  uploadUrl,
  type Answer,
  type FileChat,
} from './support';

type Attempt = (to: Attachment) => Promise<Answer>;

const set = (name: string, value: string) => (url: URL) => url.searchParams.set(name, value);
const post = (to: Attachment, body: FormData | string, headers: Record<string, string> = {}) =>
  send(uploadUrl(to), { method: 'POST', body, headers });
const link = (change: (url: URL) => void) => (to: Attachment) => put(altered(to, change));
const raw = (boundary: string, body: string) => (to: Attachment) =>
  post(to, body.replaceAll('\n', '\r\n'), { 'content-type': `multipart/form-data${boundary}` });
const DISPOSITION = 'Content-Disposition: form-data; name="file"; filename="a.png"';

/** What is tried, and how it must be answered; after each nothing may be left, and the right upload still work. */
const ATTEMPTS: [what: string, status: number, code: string, attempt: Attempt][] = [
  ['no signature', 403, 'bad_signature', link((url) => url.searchParams.delete('signature'))],
  ['an empty signature', 403, 'bad_signature', link(set('signature', ''))],
  [
    'a truncated signature',
    403,
    'bad_signature',
    link((url) => url.searchParams.set('signature', url.searchParams.get('signature')!.slice(0, -1))),
  ],
  ["another's signature", 403, 'bad_signature', link(set('signature', 'x'.repeat(43)))],
  ['no query at all', 403, 'bad_signature', link((url) => (url.search = ''))],
  ['an altered size', 403, 'bad_signature', link(set('size', '99999999'))],
  ['an altered type', 403, 'bad_signature', link(set('type', 'text/html'))],
  ['an altered owner', 403, 'bad_signature', link(set('owner', 'bob'))],
  ['an altered expiry', 403, 'bad_signature', link(set('expires', '9999999999999'))],
  ['an expiry taken away', 403, 'bad_signature', link(set('expires', 'never'))],
  ['an altered id', 403, 'bad_signature', link((url) => (url.pathname += '0'))],
  ['the link of its preview', 403, 'bad_signature', (to) => put(previewUrl(to))],
  ['one byte too many', 413, 'file_too_large', (to) => put(to, Buffer.concat([BYTES, Buffer.from('!')]))],
  ['megabytes too many', 413, 'file_too_large', (to) => put(to, Buffer.alloc(30_000_000))],
  ['one byte too few', 400, 'file_too_small', (to) => put(to, BYTES.subarray(1))],
  ['no bytes', 400, 'file_too_small', (to) => put(to, Buffer.alloc(0))],
  [
    'another content type',
    415,
    'wrong_content_type',
    (to) => put(to, BYTES, { 'content-type': 'text/html; charset=utf-8' }),
  ],
  [
    'a content encoding',
    415,
    'unsupported_media_type',
    (to) => put(to, BYTES, { 'content-encoding': 'gzip' }),
  ],
  [
    'a form with a file of another type',
    415,
    'wrong_content_type',
    (to) => post(to, form(['file', picture(BYTES, 'cat.png', 'text/html')])),
  ],
  [
    'a form with too many bytes',
    413,
    'file_too_large',
    (to) => post(to, form(['file', picture(Buffer.alloc(99))])),
  ],
  [
    'a form with too few bytes',
    400,
    'file_too_small',
    (to) => post(to, form(['file', picture(Buffer.alloc(3))])),
  ],
  ['a form without a file', 400, 'no_file', (to) => post(to, form(['name', 'cat']))],
  ['a form whose field "file" is text', 400, 'no_file', (to) => post(to, form(['file', 'cat']))],
  ['a form with a file in another field', 400, 'no_file', (to) => post(to, form(['picture', picture()]))],
  [
    'a form with two files',
    400,
    'too_many_files',
    (to) => post(to, form(['file', picture()], ['file', picture()])),
  ],
  [
    'a form with a second file elsewhere',
    400,
    'too_many_files',
    (to) => post(to, form(['file', picture()], ['other', picture()])),
  ],
  [
    'a form with too much before the file',
    413,
    'form_too_large',
    (to) => post(to, form(['a', 'x'.repeat(70_000)], ['file', picture()])),
  ],
  [
    'a form with too much behind the file',
    413,
    'form_too_large',
    (to) => post(to, form(['file', picture()], ['a', 'x'.repeat(70_000)])),
  ],
  ['a form without a boundary', 400, 'bad_multipart', raw('', 'x')],
  ['a form without its boundary inside', 400, 'bad_multipart', raw('; boundary=b', 'x')],
  ['an empty form', 400, 'bad_multipart', raw('; boundary=b', '')],
  ['a form without parts', 400, 'no_file', raw('; boundary=b', '--b--\n')],
  [
    'a form that breaks off',
    400,
    'bad_multipart',
    raw('; boundary=b', `--b\n${DISPOSITION}\n\n${'x'.repeat(9)}`),
  ],
  [
    'a form whose head has no end',
    400,
    'bad_multipart',
    raw('; boundary=b', `--b\nA: ${'x'.repeat(20_000)}`),
  ],
  ['a form whose part has no name', 400, 'bad_multipart', raw('; boundary=b', '--b\nA: b\n\nx\n--b--\n')],
];

describe.each(FILE_ADAPTERS)('refused through %s', (_, adapter) => {
  test.each(ATTEMPTS)('%s', async (_, status, code, attempt) => {
    const chat = await serveFiles(adapter);
    const announced = await chat.announce();
    const answer = await attempt(announced);
    expect([answer.status, answer.code]).toEqual([status, code]);
    expect(answer.json['error']).toMatchObject({
      message: expect.any(String),
      request_id: expect.any(String),
    });
    expect(chat.kept()).toEqual([]);
    expect(await chat.record(announced.id)).toEqual(announced);
    expect((await put(announced)).status).toBe(200); // the link is not used up
    expect(chat.logger.messages('error')).toEqual([]);
  });

  test('a link that has expired', async () => {
    const chat = await serveFiles(adapter, { expiresInMs: 1 });
    const announced = await chat.announce();
    await new Promise((resolve) => setTimeout(resolve, 5));
    const answer = await put(announced);
    expect([answer.status, answer.code]).toEqual([403, 'link_expired']);
    const forged = await put(altered(announced, set('signature', 'x'))); // of which nothing more is told
    expect([forged.status, forged.code]).toEqual([403, 'bad_signature']);
    expect(chat.kept()).toEqual([]);
  });

  test('a second upload, be it the same', async () => {
    const chat = await serveFiles(adapter);
    const announced = await chat.announce();
    await put(announced);
    const again = await put(announced, Buffer.alloc(BYTES.length));
    expect([again.status, again.code]).toEqual([409, 'already_uploaded']);
    const file = await chat.files.read({ owner: 'alice' }, announced.id);
    expect(await file.bytes()).toEqual(BYTES);
    expect(chat.kept()).toHaveLength(1);
  });

  test('other bytes than those of an upload that broke off before its record', async () => {
    const chat = await serveFiles(adapter);
    const announced = await chat.announce();
    const broken = jest.spyOn(chat.store, 'patchAttachment').mockImplementationOnce(() => {
      throw new Error('The disk is away.');
    });
    expect((await put(announced)).status).toBe(500);
    // Another upload may have put them there, and be about to tell its client that they are stored.
    const other = await put(announced, Buffer.alloc(BYTES.length));
    expect([other.status, other.code]).toEqual([409, 'already_uploaded']);
    expect(await (await chat.files.read({ owner: 'alice' }, announced.id)).bytes()).toEqual(BYTES);
    expect((await put(announced)).status).toBe(200);
    expect((await chat.record(announced.id)).upload_descriptor).toBeUndefined();
    broken.mockRestore();
  });

  test('one of two uploads at once', async () => {
    const chat = await serveFiles(adapter);
    for (let round = 0; round < 10; round += 1) {
      const announced = await chat.announce();
      const answers = await Promise.all([put(announced), put(announced), put(announced)]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    }
    expect(chat.kept()).toHaveLength(10);
  });

  test('an unknown id, and one that was made up', async () => {
    const chat = await serveFiles(adapter);
    const other = await serveFiles(adapter); // the same secret, another store
    const stranger = await other.announce();
    const moved = altered(stranger, (url) => (url.port = new URL(chat.url).port));
    const answer = await put(moved);
    expect([answer.status, answer.code]).toEqual([404, 'not_found']);
    expect((await send(`${chat.url}/attachments/atc_unknown`, { method: 'PUT', body: BYTES })).status).toBe(
      403,
    );
    expect(chat.kept()).toEqual([]);
  });

  const PATHS = [
    '..',
    '..%2f..%2fetc%2fpasswd',
    '%2e%2e%2f%2e%2e%2fetc%2fpasswd',
    '..%5c..%5cwindows%5cwin.ini',
    '..\\..\\x',
    '%00',
    'atc_1%00.png',
    '%2fetc%2fpasswd',
    'C:%5cx',
    '%c0%ae%c0%ae%c0%af',
    'incoming',
    '%',
    'x'.repeat(5000),
  ];
  test.each(PATHS)('the id %j', async (path) => {
    const chat = await serveFiles(adapter);
    const query = uploadUrl(await chat.announce()).search;
    for (const method of ['PUT', 'GET']) {
      const answer = await rawRequest(chat.url, method, `/chatkit/attachments/${path}${query}`);
      expect(answer).toMatch(/^HTTP\/1.1 4\d\d /);
      expect(answer).not.toContain('root:');
    }
    expect(chat.kept()).toEqual([]);
  });

  describe('files are taken by the endings of their names', () => {
    const direct = (chat: FileChat, name: string, type: string) =>
      send(`${chat.url}/attachments`, {
        method: 'POST',
        headers: { 'x-user-id': 'alice' },
        body: form(['file', picture(BYTES, name, type)]),
      });

    test.each([
      ['cat.heic', '', 200],
      ['CAT.HEIC', 'image/heic', 200],
      ['cat.heic', 'application/octet-stream', 200],
      ['archive.tar.gz', 'application/gzip', 200],
      ['archive.gz', 'application/gzip', 415],
      ['heic', '', 415],
      ['cat.heic.exe', '', 415],
      ['cat.png', 'image/png', 415],
    ])('%s of type "%s": %d', async (name, type, status) => {
      const chat = await serveFiles(adapter, { allowedTypes: ['.heic', '.tar.gz'] });
      expect((await chat.post(wire.announce(name, 3, type))).status).toBe(status);
      expect((await direct(chat, name, type)).status).toBe(status);
    });

    test('a type that the browser does not know is told by the ending', async () => {
      const chat = await serveFiles(adapter, { allowedTypes: ['image/*'] });
      const announced = await chat.announce('cat.heic', BYTES.length, '');
      expect(announced).toMatchObject({ type: 'image', mime_type: 'image/heic' });
      const uploaded = await send(uploadUrl(announced), {
        method: 'POST',
        body: form(['file', picture(BYTES, 'cat.heic', '')]),
      });
      expect(uploaded.status).toBe(200);
      expect((await direct(chat, 'cat.HEIC', '')).json).toMatchObject({ mime_type: 'image/heic' });
      expect((await direct(chat, 'cat.exe', '')).code).toBe('type_not_allowed');
    });

    test('a file whose type is not known is taken as such', async () => {
      const chat = await serveFiles(adapter, { allowedTypes: ['application/octet-stream'] });
      expect((await direct(chat, 'cat.heic', '')).status).toBe(200);
      expect((await direct(chat, 'cat', '')).json).toMatchObject({ mime_type: 'application/octet-stream' });
    });
  });

  test('types that are not allowed, or are none', async () => {
    const chat = await serveFiles(adapter, { allowedTypes: ['image/*', 'application/pdf'] });
    const create = async (type: string) => (await chat.post(wire.announce('a', 3, type))).status;
    expect(await create('image/png')).toBe(200);
    expect(await create('IMAGE/WebP')).toBe(200);
    expect(await create('application/pdf; version=1')).toBe(200);
    expect(await create('text/html')).toBe(415);
    expect(await create('application/pdfx')).toBe(415);
    expect(await create('imagex/png')).toBe(415);
    expect(await create('')).toBe(415);
    for (const wrong of [
      'image',
      'image/',
      '/png',
      'image/*',
      'image/png\r\nX-Evil: 1',
      'image/p ng',
      '*/*',
      `image/${'a'.repeat(128)}`,
    ]) {
      const answer = await chat.post(wire.announce('a', 3, wrong));
      expect([answer.status, answer.json['error'].code]).toEqual([400, 'bad_mime_type']);
    }
    const direct = await send(`${chat.url}/attachments`, {
      method: 'POST',
      headers: { 'x-user-id': 'alice' },
      body: form(['file', picture(BYTES, 'a.html', 'text/html')]),
    });
    expect([direct.status, direct.code]).toEqual([415, 'type_not_allowed']);
    const { json } = await chat.post(wire.announce('a', 3, 'text/html'));
    expect(json['error'].message).toBe(
      'Files of type "text/html" are not allowed. Allowed types: image/*, application/pdf.',
    );
    expect(chat.kept()).toEqual([]);
  });
});

test('paths that are not about attachments go on to the next handler', async () => {
  const chat = await serveFiles(ADAPTERS['Express 5']);
  for (const path of ['/playground', '/playground/attachments']) {
    expect((await send(`${chat.url}${path}`)).bytes.toString()).toBe('playground');
  }
  expect((await send(`${chat.url}/attachments/a/b`)).status).toBe(404);
  expect((await send(`${chat.url}/attachmentsx`)).status).toBe(404);
  const without = await serveFiles(ADAPTERS['Express 5'], {}, { attachmentStore: undefined as never });
  const answer = await send(`${without.url}/attachments/atc_1`, { method: 'PUT', body: BYTES });
  expect([answer.status, answer.code]).toEqual([404, undefined]); // Express's own answer
});

/** `fetch` would tidy the path up. */
async function rawRequest(url: string, method: string, path: string): Promise<string> {
  const socket = await RawSocket.open(url);
  socket.read();
  socket.socket.write(
    `${method} ${path} HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`,
  );
  await socket.untilClosed();
  return socket.received;
}
