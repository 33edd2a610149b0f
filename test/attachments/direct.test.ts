import { ADAPTERS } from '../support/adapters';
import { MemoryStore } from '../../src/stores';
import { interfere } from '../support/failing-store';
import {
  BYTES,
  FILE_ADAPTERS,
  form,
  picture,
  previewUrl,
  scopeOf,
  send,
  serveFiles,
  type Answer,
} from './support';

type Body = FormData | Uint8Array;

function upload(url: string, body: Body, user: string | null = 'alice', headers = {}): Promise<Answer> {
  const who: Record<string, string> = user === null ? {} : { 'x-user-id': user };
  return send(`${url}/attachments`, { method: 'POST', body, headers: { ...who, ...headers } });
}

describe.each(FILE_ADAPTERS)('a direct upload through %s', (_, adapter) => {
  test('makes the attachment, and answers with it', async () => {
    const chat = await serveFiles(adapter);
    const answer = await upload(chat.url, form(['a', '1'], ['file', picture()]));
    expect(answer.status).toBe(200);
    expect(answer.json).toEqual({
      id: expect.stringMatching(/^atc_/),
      type: 'image',
      name: 'cat.png',
      mime_type: 'image/png',
      preview_url: expect.stringContaining(chat.url),
    });
    const { id } = answer.json as { id: string };
    expect(await chat.record(id)).toEqual(answer.json);
    const { bytes } = await chat.files.read(scopeOf('alice'), id);
    expect(await bytes()).toEqual(BYTES);
    await expect(chat.record(id, 'bob')).rejects.toMatchObject({ status: 404 });
  });

  test('of another type than an image has no preview, and one of none is of unknown bytes', async () => {
    const chat = await serveFiles(adapter);
    const answer = await upload(chat.url, form(['file', picture(BYTES, 'a.bin', '')]));
    expect(answer.json).toMatchObject({ type: 'file', mime_type: 'application/octet-stream' });
    expect(answer.json).not.toHaveProperty('preview_url');
  });

  test('is refused to nobody, and of what is no form, too large, or not one file', async () => {
    const chat = await serveFiles(adapter, { maxSize: 50 });
    const refusals: [Body, string | null, number, string][] = [
      [form(['file', picture()]), null, 401, 'unauthorized'],
      [form(['file', picture()]), '', 401, 'unauthorized'],
      [BYTES, 'alice', 415, 'form_expected'],
      [form(['file', picture(Buffer.alloc(51))]), 'alice', 413, 'file_too_large'],
      [form(['file', picture(Buffer.alloc(5_000_000))]), 'alice', 413, 'file_too_large'],
      [form(['name', 'x']), 'alice', 400, 'no_file'],
      [form(['file', picture()], ['file', picture()]), 'alice', 400, 'too_many_files'],
    ];
    const save = jest.spyOn(chat.store, 'saveAttachment');
    for (const [body, user, status, code] of refusals) {
      const answer = await upload(chat.url, body, user);
      expect([answer.status, answer.code]).toEqual([status, code]);
    }
    expect(save).not.toHaveBeenCalled();
    expect(chat.kept()).toEqual([]);
    expect((await upload(chat.url, form(['file', picture(Buffer.alloc(50))]))).status).toBe(200);
  });

  test('whose record cannot be stored leaves no bytes', async () => {
    const store = interfere(new MemoryStore(), ({ method }, proceed) => {
      if (method === 'saveAttachment') throw new Error('the database is gone');
      return proceed();
    });
    const chat = await serveFiles(adapter, {}, { store });
    const answer = await upload(chat.url, form(['file', picture()]));
    expect([answer.status, answer.code]).toEqual([500, 'internal_error']);
    expect(answer.bytes.toString()).not.toContain('database');
    expect(chat.kept()).toEqual([]);
  });

  const NAMES: [given: string, kept: string][] = [
    ['日本語 👩‍👩‍👧 é.png', '日本語 👩‍👩‍👧 é.png'],
    ['a"b".png', 'a"b".png'],
    ['a\r\nX-Evil: 1.png', 'a  X-Evil: 1.png'],
    ['../../etc/passwd', 'passwd'],
    ['..\\..\\win.ini', 'win.ini'],
    ['/etc/', 'file'],
    ['..', 'file'],
    ['a\u0000.png', 'a .png'],
    ['gnp.\u202eexe', 'gnp. exe'],
    ["it's 100%; done.png", "it's 100%; done.png"],
    [`${'x'.repeat(300)}.png`, 'x'.repeat(255)],
  ];
  test.each(NAMES)('of the name %j is kept as %j, and shown under it', async (given, kept) => {
    const chat = await serveFiles(adapter);
    const announced = await chat.announce(given);
    expect(announced.name).toBe(kept);
    const answer = await upload(chat.url, form(['file', picture(BYTES, given)]));
    expect(answer.json['name']).toBe(kept);
    const shown = await send(previewUrl(answer.json as never));
    const disposition = shown.headers.get('content-disposition')!;
    expect(disposition).toMatch(/^inline; filename="[\w .()-]*"; filename\*=UTF-8''[\w!#$&+.^`|~%-]*$/);
    expect(decodeURIComponent(disposition.split("UTF-8''")[1]!)).toBe(kept);
    expect(chat.kept()).toEqual([expect.stringMatching(/^[0-9a-f]{32}\/atc_\w+$/)]);
  });
});

test('direct uploads may be off', async () => {
  const chat = await serveFiles(ADAPTERS['node:http'], { mode: 'two-phase' });
  expect((await upload(chat.url, form(['file', picture()]))).status).toBe(404);
});
