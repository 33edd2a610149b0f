import { assistantMessage, ChatController, OnMessage } from '../../src';
import { DiskAttachmentStore } from '../../src/stores/disk-attachments';
import { SECRET, temporaryDirectory } from '../attachments/support';
import { serveChat } from '../support/chat';
import { ADAPTERS } from '../support/adapters';
import { RawSocket } from '../support/raw-socket';
import * as wire from '../support/requests';
import { until } from '../support/wait';

const SIZE = 20_000_000;
const JSON_BODY = Buffer.from(JSON.stringify(['x'.repeat(SIZE)]));
const FILE = '--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n';
const FORM = 'content-type: multipart/form-data; boundary=b';

@ChatController()
class Controller {
  @OnMessage()
  reply() {
    return assistantMessage('Hello!');
  }
}

async function serve(adapter: (typeof ADAPTERS)[string]) {
  let url = 'http://localhost/chatkit';
  const attachmentStore = new DiskAttachmentStore({
    directory: temporaryDirectory(),
    secret: SECRET,
    baseUrl: () => url,
  });
  const chat = await serveChat({ controllers: [Controller], attachmentStore, bodyLimit: 1000 }, adapter);
  ({ url } = chat);
  return chat;
}

/** A client that reads nothing before it has sent everything, as many do. */
async function sendAll(
  url: string,
  start: string,
  headers: string[],
  body: Buffer,
  user = 'x-user-id: alice\r\n',
): Promise<string> {
  const raw = await RawSocket.open(url);
  let broken: Error | undefined;
  raw.socket.on('error', (error) => (broken = error));
  const sent = new Promise<void>((resolve) => {
    raw.socket.write(`${start} HTTP/1.1\r\nhost: x\r\n${user}${headers.join('\r\n')}\r\n\r\n`);
    raw.socket.write(body, () => resolve());
  });
  await sent;
  raw.read();
  await until(() => broken !== undefined || raw.closed || raw.received.includes('\r\n\r\n'), 'an answer');
  return broken === undefined ? raw.received.split('\r\n', 1)[0]! : String(broken);
}

describe.each(Object.entries(ADAPTERS))('through %s', (name, adapter) => {
  const parsedBefore = name.includes('express.json');
  const sized = (body: Buffer): string => `content-length: ${String(body.length)}`;
  const chunked = Buffer.concat([
    Buffer.from(`${JSON_BODY.length.toString(16)}\r\n`),
    JSON_BODY,
    Buffer.from('\r\n0\r\n\r\n'),
  ]);
  const type = 'content-type: application/json';
  const REFUSALS: [what: string, status: number, start: string, headers: string[], body: Buffer][] = [
    ['a body too large', 413, 'POST /chatkit', [type, sized(JSON_BODY)], JSON_BODY],
    ['a chunked body too large', 413, 'POST /chatkit', [type, 'transfer-encoding: chunked'], chunked],
    ['another media type', 415, 'POST /chatkit', ['content-type: text/plain', sized(JSON_BODY)], JSON_BODY],
    ['another method', 405, 'PUT /chatkit', [type, sized(JSON_BODY)], JSON_BODY],
    [
      'a file where a form is wanted',
      415,
      'POST /chatkit/attachments',
      ['content-type: image/png', sized(JSON_BODY)],
      JSON_BODY,
    ],
  ];
  // The chat of a fetch host is at any path, and only this host knows what becomes of a connection.
  const isFetch = name === 'fetch';
  if (!isFetch) {
    const headers = ['content-type: text/plain', sized(JSON_BODY)];
    REFUSALS.push(['a path where nothing is', 404, 'POST /elsewhere', headers, JSON_BODY]);
  }
  if (!parsedBefore) {
    const encoded = [type, 'content-encoding: gzip', sized(JSON_BODY)];
    REFUSALS.push(['a compressed body', 415, 'POST /chatkit', encoded, JSON_BODY]);
  }

  test.each(REFUSALS)(
    '%s is answered with %d, however much is sent',
    async (_, status, start, headers, body) => {
      const { url } = await serve(adapter);
      // With the first the server closes the connection after its answer, with the second it need not.
      for (const connection of ['close', 'keep-alive', 'close', 'close', 'close']) {
        const answer = await sendAll(url, start, [...headers, `connection: ${connection}`], body);
        expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${String(status)} `));
      }
    },
  );

  const UPLOADS: [what: string, status: number, headers: string[], before: string][] = [
    ['a file that is too large', 413, ['content-type: image/png'], ''],
    ['a file of another type', 415, ['content-type: text/plain'], ''],
    ['a form whose file is too large', 413, [FORM], `${FILE}Content-Type: image/png\r\n\r\n`],
    ['a form whose file is of another type', 415, [FORM], `${FILE}Content-Type: text/plain\r\n\r\n`],
    [
      'a form with too much before its file',
      413,
      [FORM],
      '--b\r\nContent-Disposition: form-data; name=a\r\n\r\n',
    ],
    ['a form that cannot be read', 400, [FORM], '--b\r\nx: y\r\n\r\n'],
  ];
  test.each(UPLOADS)('%s is answered with %d, however much is sent', async (_, status, headers, before) => {
    const chat = await serve(adapter);
    const body = Buffer.concat([Buffer.from(before), JSON_BODY]);
    const { json } = await chat.post(wire.announce('a.png', 10, 'image/png'));
    const { pathname, search } = new URL((json['upload_descriptor'] as { url: string }).url);
    for (const connection of ['close', 'keep-alive']) {
      const all = [...headers, sized(body), `connection: ${connection}`];
      const answer = await sendAll(chat.url, `PUT ${pathname}${search}`, all, body);
      expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${String(status)} `));
    }
  });

  test('a client that says no name is answered, however much it sends', async () => {
    const { url } = await serve(adapter);
    for (const connection of ['close', 'keep-alive', 'close']) {
      const headers = [type, sized(JSON_BODY), `connection: ${connection}`];
      const answer = await sendAll(url, 'POST /chatkit', headers, JSON_BODY, '');
      expect(answer).toMatch(/^HTTP\/1.1 401 /);
    }
  });

  test('a client that waits for the answer gets it before it has sent its body', async () => {
    const { url } = await serve(adapter);
    const raw = (await RawSocket.open(url)).read();
    const head = `content-type: text/plain\r\ncontent-length: ${String(SIZE)}\r\nconnection: close`;
    raw.socket.write(`POST /chatkit HTTP/1.1\r\nhost: x\r\nx-user-id: alice\r\n${head}\r\n\r\n{`);
    await raw.untilReceived(/^HTTP\/1.1 415 [^]*"unsupported_media_type"[^]*\}$/);
  });

  if (isFetch) return;

  test('a connection goes on after a refusal whose body has been read over', async () => {
    const { url } = await serve(adapter);
    const raw = (await RawSocket.open(url)).read();
    const refused = Buffer.alloc(200_000, 'x');
    raw.socket.write(
      `POST /chatkit HTTP/1.1\r\nhost: x\r\ncontent-type: text/plain\r\ncontent-length: ${String(refused.length)}\r\n\r\n`,
    );
    raw.socket.write(refused);
    await raw.untilReceived(/^HTTP\/1.1 415 [^]*\}/);
    raw.request(JSON.stringify(wire.listThreads()));
    await raw.untilReceived(/HTTP\/1.1 200 OK[^]*"data":\[/);
  });
});
