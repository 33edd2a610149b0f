import { request } from 'node:http';
import type { CorsOptions } from '../../src/app';
import { serveFiles, type FileChat } from '../attachments/support';
import { ADAPTERS, type Adapter } from '../support/adapters';
import * as wire from '../support/requests';

/** What browsers, proxies and other clients say of where a request comes from. */
type From = Record<string, string>;

const OWN: [string, (host: string) => From][] = [
  ['no browser', () => ({})],
  ['a page of its own', (host) => ({ 'sec-fetch-site': 'same-origin', origin: `http://${host}` })],
  ['a page of its own that says so alone', () => ({ 'sec-fetch-site': 'same-origin' })],
  [
    'a page of its own behind a proxy that changes the host',
    () => ({ 'sec-fetch-site': 'same-origin', origin: 'https://shop.example' }),
  ],
  ['an older browser', (host) => ({ origin: `http://${host}` })],
  ['an older browser, behind a proxy for https', (host) => ({ origin: `https://${host}` })],
  ['the user', () => ({ 'sec-fetch-site': 'none' })],
];

const FOREIGN: [string, (host: string) => From][] = [
  ['another site', () => ({ 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' })],
  ['another origin of the site', () => ({ 'sec-fetch-site': 'same-site', origin: 'http://b.localhost' })],
  ['another site that hides its origin', () => ({ 'sec-fetch-site': 'cross-site' })],
  ['a sandbox', () => ({ 'sec-fetch-site': 'cross-site', origin: 'null' })],
  ['a word that is not known', () => ({ 'sec-fetch-site': 'near', origin: 'https://evil.example' })],
  [
    'the user, with the form of another site',
    () => ({ 'sec-fetch-site': 'none', origin: 'https://evil.example' }),
  ],
  ['an older browser', () => ({ origin: 'https://evil.example' })],
  ['an older browser and a sandbox', () => ({ origin: 'null' })],
  ['an older browser and another port', (host) => ({ origin: `http://${host.split(':')[0]!}` })],
  [
    'a host that only says that it was forwarded',
    (host) => ({
      origin: 'https://evil.example',
      'x-forwarded-host': 'evil.example',
      forwarded: `host=${host}`,
    }),
  ],
  ['no origin at all', () => ({ origin: 'x' })],
];

const OTHER = 'https://shop.example';
const fromOther = { 'sec-fetch-site': 'cross-site', origin: OTHER };

interface Answer {
  status: number;
  code: string | undefined;
}

/** Sends exactly these headers. */
function send(url: string, headers: From, body: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    request(url, { method: 'POST', headers: { 'x-user-id': 'alice', ...headers } }, (res) => {
      let text = '';
      res.setEncoding('utf8').on('data', (part: string) => (text += part));
      res.on('end', () => {
        const json = text.startsWith('{') ? (JSON.parse(text) as { error?: { code: string } }) : {};
        resolve({ status: res.statusCode ?? 0, code: json.error?.code });
      });
    })
      .on('error', reject)
      .end(body);
  });
}

const BOUNDARY = 'x-boundary-x';
const FORM = { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` };
const FORM_BODY = [
  `--${BOUNDARY}`,
  'Content-Disposition: form-data; name="file"; filename="a.txt"',
  'Content-Type: text/plain',
  '',
  'hello',
  `--${BOUNDARY}--`,
  '',
].join('\r\n');

describe.each(Object.entries(ADAPTERS))('through %s', (name, adapter: Adapter) => {
  let chat: FileChat;
  const serve = async (cors?: CorsOptions): Promise<FileChat> =>
    (chat = await serveFiles(
      adapter,
      { mode: 'direct', allowedTypes: ['text/*'] },
      cors === undefined ? {} : { cors },
    ));
  const host = (): string => new URL(chat.url).host;
  const act = (headers: From): Promise<Answer> => send(chat.url, headers, JSON.stringify(wire.create()));
  const upload = (headers: From): Promise<Answer> =>
    send(`${chat.url}/attachments`, { ...FORM, ...headers }, FORM_BODY);
  const threads = async (): Promise<number> => {
    const { data } = (await chat.post(wire.listThreads())).json as { data: unknown[] };
    return data.length;
  };

  // express.json() leaves what has no type alone, and the chat then reads it itself.
  test.each(OWN)('%s needs no content type, and may upload', async (_, from) => {
    await serve();
    expect(await act(from(host()))).toEqual({ status: 200, code: undefined });
    expect(await upload(from(host()))).toEqual({ status: 200, code: undefined });
    expect([await threads(), chat.kept().length]).toEqual([1, 1]);
  });

  test.each(FOREIGN)('%s has to say that it sends JSON, and may not upload', async (_, from) => {
    await serve();
    expect(await act(from(host()))).toEqual({ status: 415, code: 'unsupported_media_type' });
    expect(await act({ ...from(host()), 'content-type': '' })).toMatchObject({ status: 415 });
    expect(await act({ ...from(host()), 'content-type': 'text/plain' })).toMatchObject({ status: 415 });
    expect(await upload(from(host()))).toEqual({ status: 403, code: 'foreign_origin' });
    expect([await threads(), chat.kept()]).toEqual([0, []]);
    // To say so a page needs a preflight, which `cors` answers.
    expect(await act({ ...from(host()), 'content-type': 'application/json' })).toMatchObject({ status: 200 });
  });

  const cookie = { cookie: 'session=1' };
  const listed = { origins: [OTHER] };

  test.each<[string, CorsOptions, From, number]>([
    ['allowed with credentials', { ...listed, credentials: true }, { ...fromOther, ...cookie }, 200],
    ['allowed with credentials, and brings none', { ...listed, credentials: true }, fromOther, 200],
    ['allowed without credentials, and brings none', listed, fromOther, 200],
    ['allowed without credentials, and brings some', listed, { ...fromOther, ...cookie }, 403],
    ['like any other', { origins: '*' }, fromOther, 200],
    ['like any other, and brings credentials', { origins: '*' }, { ...fromOther, ...cookie }, 403],
    ['allowed by a function', { origins: (origin) => origin === OTHER }, fromOther, 200],
    ['not allowed', { origins: ['https://other.example'], credentials: true }, fromOther, 403],
    ['without an origin', { origins: '*' }, { 'sec-fetch-site': 'cross-site' }, 403],
  ])('a page that is %s', async (_, cors, from, status) => {
    await serve(cors);
    expect(await upload(from)).toMatchObject({ status });
    // Pages that are allowed send the type: without it there would be no preflight, and `credentials` no meaning.
    expect(await act(from)).toMatchObject({ status: 415 });
    expect(await act({ ...from, 'content-type': 'application/json' })).toMatchObject({ status: 200 });
  });

  if (name === 'node:http') {
    test('a foreign page is refused before anybody is asked who sends', async () => {
      const context = jest.fn(() => ({ userId: 'alice' }));
      chat = await serveFiles(adapter, { mode: 'direct' }, { context });
      await upload(fromOther);
      await act(fromOther);
      expect(context).not.toHaveBeenCalled();
    });

    test('a signed link is its own authority', async () => {
      chat = await serveFiles(adapter);
      const { upload_descriptor } = await chat.announce('a.txt', 5, 'text/plain');
      const headers = { ...fromOther, 'content-type': 'text/plain' };
      expect(await send(upload_descriptor!.url, headers, 'hello')).toMatchObject({ status: 200 });
    });
  }
});
