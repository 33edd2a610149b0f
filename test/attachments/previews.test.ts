import * as wire from '../support/requests';
import { altered, BYTES, FILE_ADAPTERS, previewUrl, put, send, serveFiles, uploadUrl } from './support';

afterEach(() => jest.restoreAllMocks());

describe.each(FILE_ADAPTERS)('a preview through %s', (_, adapter) => {
  test('shows the picture to any page, and can run nothing', async () => {
    const chat = await serveFiles(adapter);
    const announced = await chat.announce();
    await put(announced);
    const answer = await send(previewUrl(announced), { headers: { origin: 'https://cdn.example' } });
    expect([answer.status, answer.bytes]).toEqual([200, BYTES]);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'image/png',
      'content-length': String(BYTES.length),
      'content-disposition': `inline; filename="cat.png"; filename*=UTF-8''cat.png`,
      'content-security-policy': expect.stringMatching(/default-src 'none'.*sandbox/),
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'cross-origin',
      'access-control-allow-origin': '*',
      'cache-control': expect.stringContaining('private'),
      etag: `"${announced.id}"`,
    });
    const head = await send(previewUrl(announced), { method: 'HEAD' });
    expect([head.status, head.bytes.length, head.headers.get('content-length')]).toEqual([
      200,
      0,
      String(BYTES.length),
    ]);
    const known = await send(previewUrl(announced), { headers: { 'if-none-match': `"${announced.id}"` } });
    expect([known.status, known.bytes.length]).toEqual([304, 0]);
  });

  test('names an origin that may send cookies', async () => {
    const origin = 'https://shop.example';
    const chat = await serveFiles(adapter, {}, { cors: { origins: [origin], credentials: true } });
    const announced = await chat.announce();
    await put(announced);
    const allowed = await send(previewUrl(announced), { headers: { origin } });
    expect(allowed.headers.get('access-control-allow-origin')).toBe(origin);
    expect(allowed.headers.get('access-control-allow-credentials')).toBe('true');
    const other = await send(previewUrl(announced), { headers: { origin: 'https://other.example' } });
    expect(other.headers.get('access-control-allow-origin')).toBe('*');
    expect(other.headers.get('access-control-allow-credentials')).toBeNull();
  });

  test('is refused without its signature, by a link for uploads, and when it has expired', async () => {
    const chat = await serveFiles(adapter, { previewExpiresInMs: 60_000 });
    const announced = await chat.announce();
    await put(announced);
    const code = async (url: URL) => (await send(url)).code;
    expect(await code(uploadUrl(announced))).toBe('bad_signature');
    for (const name of ['owner', 'expires', 'signature', 'type', 'size']) {
      const url = previewUrl(announced);
      url.searchParams.set(name, name === 'expires' ? 'never' : 'bob');
      expect(await code(url)).toBe('bad_signature');
    }
    expect(await code(altered(announced, (url) => (url.search = '')))).toBe('bad_signature');
    expect(await code(previewUrl(announced))).toBe(undefined);
    const later = Date.now() + 60_001;
    jest.spyOn(Date, 'now').mockReturnValue(later);
    expect(await code(previewUrl(announced))).toBe('link_expired');
  });

  test('is not there before the picture is, nor after it was deleted', async () => {
    const chat = await serveFiles(adapter);
    const announced = await chat.announce();
    expect((await send(previewUrl(announced))).status).toBe(404);
    await put(announced);
    expect((await send(previewUrl(announced))).status).toBe(200);
    await chat.post(wire.discard(announced.id));
    const gone = await send(previewUrl(announced));
    expect([gone.status, gone.code]).toEqual([404, 'not_found']);
  });

  test('of a large picture comes whole, and one that is not waited for leaves no file open', async () => {
    const chat = await serveFiles(adapter);
    const large = Buffer.alloc(5_000_000, 'picture');
    const announced = await chat.announce('large.png', large.length);
    await put(announced, large);
    expect((await send(previewUrl(announced))).bytes.equals(large)).toBe(true);
    const controller = new AbortController();
    const left = await fetch(previewUrl(announced), { signal: controller.signal });
    expect(left.status).toBe(200);
    controller.abort();
    expect((await send(previewUrl(announced))).status).toBe(200);
  });
});
