import { ChatKitClientError, createClient, paginate, type Page } from '../../src/client';
import { parseRequest } from '../../src/protocol';
import { failure, stubFetch, streamOf } from './support';

const json = (body: unknown, init?: ResponseInit): Response => new Response(JSON.stringify(body), init);

describe('A request', () => {
  it('carries the headers of the client and of the call, each once', async () => {
    const fetch = stubFetch(() => json({}));
    const client = createClient({
      url: 'https://shop.example/chatkit',
      fetch,
      locale: 'de-CH',
      credentials: 'include',
      headers: async () => ({ Authorization: 'Bearer a', 'X-Both': 'client' }),
    });
    await client.threads.delete('t', { headers: { 'x-both': 'call', Accept: '*/*' }, metadata: { a: 1 } });
    expect(fetch.asked).toEqual([
      {
        url: 'https://shop.example/chatkit',
        method: 'POST',
        credentials: 'include',
        headers: {
          'content-type': 'application/json',
          accept: '*/*',
          'accept-language': 'de-CH',
          authorization: 'Bearer a',
          'x-both': 'call',
        },
        body: '{"type":"threads.delete","params":{"thread_id":"t"},"metadata":{"a":1}}',
      },
    ]);
  });

  it('asks for the headers each time', async () => {
    const fetch = stubFetch(() => json({}));
    let count = 0;
    const client = createClient({ url: '/', fetch, headers: () => ({ n: String((count += 1)) }) });
    await client.threads.delete('t');
    await client.threads.delete('t');
    expect(fetch.asked.map(({ headers }) => headers['n'])).toEqual(['1', '2']);
  });

  it('is one that the server understands, for every way to say it', async () => {
    const fetch = stubFetch(({ headers }) =>
      headers['accept'] === 'application/json' ? json({}) : streamOf([]),
    );
    const { threads, items, attachments, ...client } = bound(createClient({ url: '/', fetch }));
    const attachment = { id: 'a1', type: 'file' as const, name: 'n', mime_type: 'm' };
    await threads.create('Hello').collect();
    await threads
      .addUserMessage('t', {
        content: 'Look',
        attachments: [attachment, 'a2'],
        quoted_text: 'q',
        inference_options: { model: 'm' },
      })
      .collect();
    await threads.addClientToolOutput('t', undefined).collect();
    await threads.addStructuredInput('t', 'i', { size: ['L'], status: ['new'] }).collect();
    await threads.addStructuredInput('t', 'i', 'skipped').collect();
    await threads.addStructuredInput('t', 'i', { status: 'answered', answers: {} }).collect();
    await threads.retryAfterItem('t', 'i').collect();
    const fromWidget = { type: 'a', payload: { b: 1 }, loadingBehavior: 'self', streaming: false } as const;
    await threads.action('t', fromWidget, { itemId: 'i' }).collect();
    await threads.syncAction('t', { type: 'a' });
    await threads.list({ limit: 5 });
    await items.list('t', { order: 'asc', after: 'x' });
    await attachments.create({ name: 'n', size: 3, mime_type: 'm' });
    await client.transcribe(new Uint8Array([1, 2, 3]), 'audio/webm');

    const requests = fetch.asked.map(({ body }) => parseRequest(JSON.parse(body)));
    expect(requests.map(({ params }) => params)).toEqual([
      { input: { content: [{ type: 'input_text', text: 'Hello' }], attachments: [], inference_options: {} } },
      {
        thread_id: 't',
        input: {
          content: [{ type: 'input_text', text: 'Look' }],
          attachments: ['a1', 'a2'],
          quoted_text: 'q',
          inference_options: { model: 'm' },
        },
      },
      { thread_id: 't', result: null },
      {
        thread_id: 't',
        item_id: 'i',
        input: {
          status: 'answered',
          answers: { size: { values: ['L'], skipped: false }, status: { values: ['new'], skipped: false } },
        },
      },
      { thread_id: 't', item_id: 'i', input: { status: 'skipped', answers: {} } },
      { thread_id: 't', item_id: 'i', input: { status: 'answered', answers: {} } },
      { thread_id: 't', item_id: 'i' },
      { thread_id: 't', item_id: 'i', action: { type: 'a', payload: { b: 1 } } },
      { thread_id: 't', action: { type: 'a' } },
      { limit: 5, order: 'desc' },
      { thread_id: 't', order: 'asc', after: 'x' },
      { name: 'n', size: 3, mime_type: 'm' },
      { audio_base64: 'AQID', mime_type: 'audio/webm' },
    ]);
  });

  it('sends recordings of every kind as base64', async () => {
    const fetch = stubFetch(() => json({ text: '' }));
    const client = createClient({ url: '/', fetch });
    const bytes = Uint8Array.from({ length: 100_000 }, (_, index) => (index * 7) % 256);
    await client.transcribe(new Blob([bytes], { type: 'audio/webm;codecs=opus' }));
    await client.transcribe(bytes.buffer, 'audio/mp4');
    await client.transcribe(bytes, 'audio/mp4');
    await client.transcribe('AQID', 'audio/mp4');
    const sent = fetch.asked.map(({ body }) => (JSON.parse(body) as { params: unknown }).params);
    const audio_base64 = Buffer.from(bytes).toString('base64');
    expect(sent).toEqual([
      { audio_base64, mime_type: 'audio/webm;codecs=opus' },
      { audio_base64, mime_type: 'audio/mp4' },
      { audio_base64, mime_type: 'audio/mp4' },
      { audio_base64: 'AQID', mime_type: 'audio/mp4' },
    ]);
  });
});

describe('A refused request', () => {
  it('becomes an error with all that the server said', async () => {
    const error = {
      code: 'bad_request',
      message: 'Invalid.',
      issues: [{ path: 'params', message: 'is required' }, 'odd'],
      request_id: 'r2',
    };
    const client = createClient({ url: '/', fetch: stubFetch(() => json({ error }, { status: 400 })) });
    for (const promise of [client.threads.get('t'), client.threads.create('Hi').collect()]) {
      const thrown = await failure(promise);
      expect(thrown).toBeInstanceOf(ChatKitClientError);
      expect(thrown).toMatchObject({
        name: 'ChatKitClientError',
        message: 'Invalid.',
        status: 400,
        code: 'bad_request',
        issues: [{ path: 'params', message: 'is required' }],
        requestId: 'r2',
        body: undefined,
      });
    }
  });

  it.each([
    '<html>Bad Gateway</html>',
    '',
    'null',
    '{"error":"x"}',
    '{"error":{"code":"x"}}',
    '{"detail":"x"}',
  ])('becomes an error where the answer is %j', async (body) => {
    const answer = () => new Response(body, { status: 502, headers: { 'x-request-id': 'r3' } });
    const error = await failure(createClient({ url: '/', fetch: stubFetch(answer) }).threads.list());
    expect(error).toMatchObject({ status: 502, code: 'http_error', issues: [], requestId: 'r3', body });
  });

  it('carries no more than the beginning of a long page', async () => {
    const answer = () => new Response('x'.repeat(10_000), { status: 500 });
    const error = await failure(createClient({ url: '/', fetch: stubFetch(answer) }).threads.list());
    expect(error).toMatchObject({ body: `${'x'.repeat(500)}…` });
  });

  it('is one too where the answer is of another kind', async () => {
    const html = () => new Response('<html>', { headers: { 'content-type': 'text/html' } });
    const client = createClient({ url: '/', fetch: stubFetch(html) });
    for (const promise of [client.threads.get('t'), client.threads.create('Hi').collect()]) {
      const error = await failure(promise);
      expect(error).toMatchObject({ status: 200, code: 'invalid_response', body: '<html>' });
    }
  });

  it('is one without a status where no answer comes', async () => {
    const cause = new TypeError('fetch failed');
    const client = createClient({ url: '/', fetch: () => Promise.reject(cause) });
    for (const promise of [client.threads.get('t'), client.threads.create('Hi').collect()]) {
      expect(await failure(promise)).toMatchObject({ status: 0, code: 'network_error', cause });
    }
  });
});

describe('paginate', () => {
  const pages: Record<string, Page<number>> = {
    first: { data: [1, 2], has_more: true, after: 'b' },
    b: { data: [], has_more: true, after: 'c' },
    c: { data: [3], has_more: false, after: 'd' },
  };

  it('goes through all pages, and fetches none too early', async () => {
    const fetched: unknown[] = [];
    const all = paginate(async (after) => {
      fetched.push(after);
      return pages[after ?? 'first']!;
    });
    expect(await all.next()).toEqual({ done: false, value: 1 });
    expect(fetched).toEqual([undefined]);
    const rest: number[] = [];
    for await (const each of all) rest.push(each);
    expect(rest).toEqual([2, 3]);
    expect(fetched).toEqual([undefined, 'b', 'c']);
  });

  it('ends where the server gives no cursor, or the same again', async () => {
    for (const after of [undefined, 'x']) {
      const entries: number[] = [];
      for await (const each of paginate(async () => ({ data: [1], has_more: true, after })))
        entries.push(each);
      expect(entries).toEqual(after === undefined ? [1] : [1, 1]);
    }
  });
});

/** The client with its own methods detached, as destructuring does. */
function bound(client: ReturnType<typeof createClient>) {
  const { threads, items, attachments } = client;
  return { threads, items, attachments, transcribe: client.transcribe.bind(client) };
}
