import { announce } from '../support/requests';
import { Child } from '../support/child';
import { post } from '../support/client';
import { RawSocket } from '../support/raw-socket';
import { until } from '../support/wait';
import type { UploadReport } from './processes/upload-server';
import { FILE_ADAPTERS } from './support';

const MIB = 1024 * 1024;
const SIZE = 96 * MIB;
const CHUNK = Buffer.alloc(64 * 1024, 'x');
const FILE_HEAD = '--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n';

/** A server with a heap of 64 MB, and an attachment announced to it. */
async function start(adapter: string) {
  const child = Child.start<UploadReport>(
    'attachments/processes/upload-server.ts',
    [adapter],
    ['--max-old-space-size=64'],
  );
  const { url } = await child.next();
  const report = () => child.ask('report');
  const newLink = async (size: number): Promise<URL> => {
    const { json } = await post(url, announce('a', size, ''));
    return new URL((json['upload_descriptor'] as { url: string }).url);
  };
  const begin = async (link: URL, headers: string[]): Promise<RawSocket> => {
    const raw = (await RawSocket.open(url)).read();
    raw.socket.write(
      `PUT ${link.pathname}${link.search} HTTP/1.1\r\nhost: x\r\n${headers.join('\r\n')}\r\n\r\n`,
    );
    return raw;
  };
  return { report, newLink, begin };
}

/** Writes as fast as the other side takes it, until there is an answer or as much has been sent. */
async function pour(raw: RawSocket, bytes: Buffer, total: number): Promise<number> {
  let sent = 0;
  while (sent < total && raw.received === '' && !raw.closed) {
    sent += bytes.length;
    if (!raw.socket.write(bytes)) {
      await until(() => !raw.socket.writableNeedDrain || raw.closed, 'the server to read');
    }
  }
  return sent;
}

describe.each(FILE_ADAPTERS.map(([name]) => name))('a server behind %s', (adapter) => {
  const WAYS: [string, string, string, string][] = [
    ['raw', 'content-type: application/octet-stream', '', ''],
    ['as a form', 'content-type: multipart/form-data; boundary=b', FILE_HEAD, '\r\n--b--'],
  ];

  test.each(WAYS)('holds nothing of a large upload that comes %s', async (_, type, before, after) => {
    const { report, newLink, begin } = await start(adapter);
    const idle = await report();
    const link = await newLink(SIZE);
    const length = before.length + SIZE + after.length;
    const raw = await begin(link, [type, `content-length: ${String(length)}`]);
    raw.socket.write(before);
    await pour(raw, CHUNK, SIZE - CHUNK.length);
    await until(async () => (await report()).received > SIZE - 2 * MIB, 'nearly all bytes to arrive');
    const busy = await report();
    expect(busy.held - idle.held).toBeLessThan(16 * MIB);
    raw.socket.write(CHUNK);
    raw.socket.write(after);
    await raw.untilReceived(/^HTTP\/1.1 200 /);
  });

  const ENDLESS: [string, string, string][] = [
    ['preamble', '', 'x'.repeat(60_000)],
    ['heads of parts', '', '--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n\r\n'.repeat(1000)],
    [
      'empty parts behind the file',
      `${FILE_HEAD}x`,
      '\r\n--b\r\nContent-Disposition: form-data; name=a\r\n\r\n',
    ],
    ['a part before the file', '--b\r\nContent-Disposition: form-data; name=a\r\n\r\n', 'x'.repeat(60_000)],
    ['boundaries alone', '--b', '\r\n\r\n\r\n--b'],
    ['epilogue', `${FILE_HEAD}x\r\n--b--`, 'x'.repeat(60_000)],
  ];
  test.each(ENDLESS)('refuses a form without an end of %s', async (_, before, more) => {
    const { report, newLink, begin } = await start(adapter);
    const idle = await report();
    const raw = await begin(await newLink(1), [
      'content-type: multipart/form-data; boundary=b',
      `content-length: ${String(2 ** 40)}`,
    ]);
    raw.socket.write(before);
    await pour(raw, Buffer.from(more.repeat(Math.ceil(60_000 / more.length))), 2 * SIZE);
    await raw.untilReceived(/^HTTP\/1.1 4\d\d [^]*"(form_too_large|bad_multipart)"/);
    expect((await report()).held - idle.held).toBeLessThan(16 * MIB);
  });
});

test('many uploads at once make Node complain of nothing', async () => {
  const { report, newLink, begin } = await start('node:http');
  const uploads = await Promise.all(
    Array.from({ length: 40 }, async () => {
      const raw = await begin(await newLink(10), ['content-length: 10']);
      raw.socket.write('12345');
      return raw;
    }),
  );
  await until(async () => (await report()).received === 200, 'all uploads to be under way');
  for (const raw of uploads) raw.socket.write('67890');
  await Promise.all(uploads.map((raw) => raw.untilReceived(/^HTTP\/1.1 200 /)));
  expect((await report()).warnings).toEqual([]);
});
