import promises from 'node:fs/promises';
import { MemoryStore } from '../../src/stores';
import { userOf } from '../support/chat';
import { interfere } from '../support/failing-store';
import { RawSocket } from '../support/raw-socket';
import { until } from '../support/wait';
import {
  BYTES,
  FILE_ADAPTERS,
  form,
  picture,
  put,
  scopeOf,
  send,
  serveFiles,
  uploadUrl,
  type FileChat,
} from './support';

/** Sends the head of an upload and a part of its bytes. */
async function begin(chat: FileChat, to: URL, headers: string[], part: Buffer | string): Promise<RawSocket> {
  const socket = await RawSocket.open(chat.url);
  socket.read();
  socket.socket.write(
    `PUT ${to.pathname}${to.search} HTTP/1.1\r\nhost: x\r\n${headers.join('\r\n')}\r\n\r\n`,
  );
  socket.socket.write(part);
  return socket;
}

const FORM_HEAD =
  '--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\nContent-Type: image/png\r\n\r\nabc';

afterEach(() => jest.restoreAllMocks());

describe.each(FILE_ADAPTERS)('an upload through %s', (_, adapter) => {
  const WAYS: [how: string, headers: string[], part: string][] = [
    ['with a length', ['content-type: image/png', 'content-length: 1000'], 'x'.repeat(500)],
    ['in chunks', ['content-type: image/png', 'transfer-encoding: chunked'], '3\r\nabc\r\n'],
    ['as a form', ['content-type: multipart/form-data; boundary=b', 'content-length: 1200'], FORM_HEAD],
  ];

  test.each(WAYS)('that is broken off half-way, sent %s, leaves nothing', async (_, headers, part) => {
    const chat = await serveFiles(adapter);
    const announced = await chat.announce('cat.png', 1000);
    const socket = await begin(chat, uploadUrl(announced), headers, part);
    await until(() => chat.kept().length === 1, 'the first bytes to arrive');
    socket.hangUp();
    await until(() => chat.kept().length === 0, 'the file to go');
    expect(await chat.record(announced.id)).toEqual(announced);
    expect((await put(announced, Buffer.alloc(1000))).status).toBe(200);
    expect(chat.logger.messages('error')).toEqual([]);
  });

  test.each(WAYS)(
    'that is slower than the end of the server, sent %s, is broken off',
    async (_, headers, part) => {
      const chat = await serveFiles(adapter);
      const announced = await chat.announce('cat.png', 1000);
      const socket = await begin(chat, uploadUrl(announced), headers, part);
      await until(() => chat.kept().length === 1, 'the first bytes to arrive');
      await chat.close({ timeoutMs: 20 });
      expect(chat.kept()).toEqual([]);
      await socket.untilReceived(/^HTTP\/1.1 503 [^]*"unavailable"/);
      expect((await chat.record(announced.id)).upload_descriptor).toBeDefined();
      expect((await put(announced, Buffer.alloc(1000))).status).toBe(503);
    },
  );

  test('that is refused is answered before its bytes have come', async () => {
    const chat = await serveFiles(adapter);
    const announced = await chat.announce();
    await put(announced);
    const head = ['content-type: image/png', `content-length: ${String(BYTES.length)}`];
    const socket = await begin(chat, uploadUrl(announced), head, '');
    await socket.untilReceived(/^HTTP\/1.1 409 [^]*"already_uploaded"/);
  });

  test('that the store does not answer is given up after maxRunTime, and keeps nothing from closing', async () => {
    const store = interfere(new MemoryStore(), ({ method, args }, proceed) => {
      const hangs =
        method === 'patchAttachment' || (method === 'saveAttachment' && 'name' in (args[1] as object));
      return hangs ? new Promise(() => undefined) : proceed();
    });
    const hanging = (maxRunTime: number) =>
      serveFiles(adapter, {}, { store, maxRunTime, cancelGrace: 20, context: userOf });
    const body = form(['file', picture()]);
    const direct = (chat: FileChat) =>
      send(`${chat.url}/attachments`, { method: 'POST', body, headers: { 'x-user-id': 'alice' } });
    const impatient = await hanging(50);
    expect((await direct(impatient)).status).toBe(503);
    const patient = await hanging(600_000);
    const answer = direct(patient);
    await until(
      () => store.calls.filter(({ method }) => method === 'saveAttachment').length === 2,
      'the upload',
    );
    await patient.close({ timeoutMs: 0 });
    expect((await answer).status).toBe(503);
  });

  test('that ends in time is waited for when the server ends', async () => {
    const chat = await serveFiles(adapter);
    const announced = await chat.announce('cat.png', 1000);
    const head = ['content-type: image/png', 'content-length: 1000', 'connection: close'];
    const socket = await begin(chat, uploadUrl(announced), head, 'x'.repeat(500));
    await until(() => chat.kept().length === 1, 'the first bytes to arrive');
    const closing = chat.close({ timeoutMs: 10_000 });
    socket.socket.write('x'.repeat(500));
    await closing;
    await socket.untilReceived(/^HTTP\/1.1 200 /);
    expect((await chat.files.read(scopeOf('alice'), announced.id)).size).toBe(1000);
  });

  test('that finds the disk full is answered with 507, and leaves nothing', async () => {
    const chat = await serveFiles(adapter);
    const announced = await chat.announce();
    failingWrites('ENOSPC');
    const direct = () =>
      send(`${chat.url}/attachments`, {
        method: 'POST',
        body: form(['file', picture()]),
        headers: { 'x-user-id': 'alice' },
      });
    for (const answer of [await put(announced), await direct()]) {
      expect([answer.status, answer.code]).toEqual([507, 'storage_full']);
      expect(answer.bytes.toString()).not.toContain(chat.directory);
    }
    expect(chat.kept()).toEqual([]);
    expect(chat.logger.messages('error')).toHaveLength(2);
    jest.restoreAllMocks();
    failingWrites('EIO');
    const answer = await put(announced);
    expect([answer.status, answer.code]).toEqual([500, 'internal_error']);
    expect(chat.kept()).toEqual([]);
    jest.restoreAllMocks();
    expect((await put(announced)).status).toBe(200);
  });

  test('whose record cannot be changed may be tried again, and goes on with the bytes that are there', async () => {
    let failing = false;
    const store = interfere(new MemoryStore(), ({ method }, proceed) => {
      if (failing && method === 'patchAttachment') throw new Error('the database is gone');
      return proceed();
    });
    const chat = await serveFiles(adapter, {}, { store });
    const announced = await chat.announce();
    failing = true;
    expect((await put(announced)).status).toBe(500);
    // Whether the store has kept the change is not known: without its bytes it would be a record of nothing.
    expect(chat.kept()).toHaveLength(1);
    failing = false;
    expect((await put(announced)).status).toBe(200);
    expect(chat.kept()).toHaveLength(1);
    expect((await chat.record(announced.id)).upload_descriptor).toBeUndefined();
  });

  test('whose attachment is deleted meanwhile leaves nothing', async () => {
    const chat = await serveFiles(adapter);
    const announced = await chat.announce('cat.png', 1000);
    const head = ['content-type: image/png', 'content-length: 1000'];
    const socket = await begin(chat, uploadUrl(announced), head, 'x'.repeat(500));
    await until(() => chat.kept().length === 1, 'the first bytes to arrive');
    await chat.post({ type: 'attachments.delete', params: { attachment_id: announced.id } });
    socket.socket.write('x'.repeat(500));
    await socket.untilReceived(/^HTTP\/1.1 404 /);
    expect(chat.kept()).toEqual([]);
    await expect(chat.record(announced.id)).rejects.toMatchObject({ status: 404 });
  });

  test('goes beside forty-nine others', async () => {
    const chat = await serveFiles(adapter);
    const sizes = Array.from({ length: 50 }, (_, index) => 1 + index * 7919);
    const answers = await Promise.all(
      sizes.map(async (size, index) => {
        const user = `user ${String(index % 3)}`;
        const announced = await chat.announce('a.bin', size, 'application/octet-stream', user);
        const body = Buffer.alloc(size, index);
        const init =
          index % 2 === 0
            ? { body }
            : { body: form(['file', picture(body, 'a', 'application/octet-stream')]) };
        const { status } = await send(uploadUrl(announced), { method: 'POST', ...init });
        const { bytes } = await chat.files.read(scopeOf(user), announced.id);
        return [status, Buffer.from(await bytes()).equals(body)];
      }),
    );
    expect(answers).toEqual(sizes.map(() => [200, true]));
    expect(chat.kept()).toHaveLength(50);
  });
});

/** Files that can be opened, and take one write. */
function failingWrites(code: string): void {
  const { open } = promises;
  jest.spyOn(promises, 'open').mockImplementation(async (...args) => {
    const file = await open(...args);
    await file.write(BYTES);
    file.appendFile = () => Promise.reject(Object.assign(new Error('no more'), { code }));
    return file;
  });
}
