import { MemoryStore, StoreRateLimiter } from '../../src/stores';
import { interfere } from '../support/failing-store';
import * as wire from '../support/requests';
import {
  BYTES,
  FILE_ADAPTERS,
  form,
  picture,
  put,
  send,
  serveFiles,
  type Answer,
  type FileChat,
} from './support';

const HOUR = 3_600_000;
const PLENTY = 1_000_000;

/** A chat whose owners may send so many requests, and so many bytes of files. */
async function serve(adapter: (typeof FILE_ADAPTERS)[number][1], points: number, bytes: number) {
  const store = interfere(new MemoryStore(), (_, proceed) => proceed());
  const saved = (): number => store.calls.filter(({ method }) => method === 'saveAttachment').length;
  const limiter = new StoreRateLimiter(store, { points, windowMs: HOUR });
  const fileBytes = new StoreRateLimiter(store, { points: bytes, windowMs: HOUR, name: 'bytes' });
  const chat = await serveFiles(adapter, {}, { store, rateLimit: { limiter, fileBytes } });
  return { chat, saved };
}

function upload({ url }: FileChat, user = 'alice', bytes: Uint8Array = BYTES): Promise<Answer> {
  const body = form(['file', picture(bytes)]);
  return send(`${url}/attachments`, { method: 'POST', body, headers: { 'x-user-id': user } });
}

function expectLimited({ status, code, headers }: Answer): void {
  expect([status, code]).toEqual([429, 'rate_limited']);
  expect(Number(headers.get('retry-after'))).toBeGreaterThan(3500);
}

describe.each(FILE_ADAPTERS)('the files of an owner through %s', (_, adapter) => {
  test('that are uploaded without announcement have so many bytes in all, and more leave nothing behind', async () => {
    const { chat, saved } = await serve(adapter, PLENTY, 2 * BYTES.length + 1);
    for (let count = 0; count < 2; count += 1) expect((await upload(chat)).status).toBe(200);
    expectLimited(await upload(chat));
    expect([chat.kept().length, saved()]).toEqual([2, 2]);
    expect((await upload(chat, 'alice', BYTES.subarray(0, 1))).status).toBe(200);
    expect((await upload(chat, 'bob')).status).toBe(200);
  });

  test('that are announced count as announced, whatever is uploaded', async () => {
    const { chat, saved } = await serve(adapter, PLENTY, 2 * BYTES.length);
    const file = await chat.announce();
    expect((await put(file)).status).toBe(200);
    const { status, json } = await chat.post(wire.announce('cat.png', BYTES.length + 1, 'image/png'));
    expect([status, json]).toMatchObject([429, { error: { code: 'rate_limited' } }]);
    expect(saved()).toBe(1);
    await chat.announce('cat.png', BYTES.length, 'image/png', 'bob');
    await chat.announce();
  });

  test('take a point each that is uploaded without announcement, before a byte of it is read', async () => {
    const { chat } = await serve(adapter, 1, PLENTY);
    expect((await upload(chat)).status).toBe(200);
    const stage = jest.spyOn(chat.files.http, 'stage');
    expectLimited(await upload(chat));
    expect(stage).not.toHaveBeenCalled();
    expect((await upload(chat, 'bob')).status).toBe(200);
  });
});
