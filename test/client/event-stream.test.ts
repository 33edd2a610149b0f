import fc from 'fast-check';
import { ChatKitStreamError, createClient, type ThreadStreamEvent } from '../../src/client';
import { failure, frame, stubFetch, streamOf } from './support';

const progress = (text: string): ThreadStreamEvent => ({ type: 'progress_update', text });
const texts = (events: ThreadStreamEvent[]): string[] =>
  events.map((event) => (event.type === 'progress_update' ? event.text : event.type));

function clientOf(...pieces: (Uint8Array | string | Error)[]) {
  const fetch = stubFetch(() => streamOf(pieces));
  return { client: createClient({ url: '/chatkit', fetch }), fetch };
}

describe('An event stream', () => {
  it('gives the same events however its bytes are cut, a byte order mark and all', async () => {
    const events = [progress('é😀\u2028'), progress('a'), progress('Grüezi 你好')];
    const bytes = new TextEncoder().encode(`\uFEFF${frame(...events)}: \r\n\r\n${frame(progress('end'))}`);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat({ max: bytes.length })), async (cuts) => {
        const bounds = [0, ...cuts.sort((a, b) => a - b), bytes.length];
        const pieces = bounds.slice(1).map((end, index) => bytes.slice(bounds[index], end));
        const { client } = clientOf(...pieces.filter((piece) => piece.length > 0));
        expect(await client.threads.create('Hi').collect()).toEqual([...events, progress('end')]);
      }),
    );
  });

  it('sends nothing before it is read', async () => {
    const { client, fetch } = clientOf(frame(progress('a')));
    const stream = client.threads.create('Hi');
    await Promise.resolve();
    expect(fetch.asked).toEqual([]);
    await stream.collect();
    expect(fetch.asked).toHaveLength(1);
  });

  it('can be read only once', async () => {
    const { client, fetch } = clientOf(frame(progress('a')));
    const stream = client.threads.create('Hi');
    await stream.collect();
    await expect(stream.collect()).rejects.toThrow(TypeError);
    expect(fetch.asked).toHaveLength(1);
  });

  it('passes on events of types that it does not know, and passes over empty ones', async () => {
    const { client } = clientOf(frame({ type: 'thread.future', x: 1 }), 'data:\n\n');
    expect(await client.threads.create('Hi').collect()).toEqual([{ type: 'thread.future', x: 1 }]);
  });

  it('reads no faster than its reader', async () => {
    let pulled = 0;
    const body = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          pulled += 1;
          controller.enqueue(new TextEncoder().encode(frame(progress(String(pulled)))));
        },
      },
      { highWaterMark: 1 },
    );
    const fetch = stubFetch(() => new Response(body, { headers: { 'content-type': 'text/event-stream' } }));
    let seen = 0;
    for await (const event of createClient({ url: '/', fetch }).threads.create('Hi')) {
      seen += 1;
      expect(event).toEqual(progress(String(seen)));
      await new Promise((resolve) => setTimeout(resolve, 1));
      expect(pulled).toBeLessThanOrEqual(seen + 3);
      if (seen === 20) break;
    }
  });

  it('that breaks off says what had come', async () => {
    const { client } = clientOf(frame(progress('a')), 'data: {"type":', new Error('reset'));
    const seen: ThreadStreamEvent[] = [];
    const error = await failure(
      (async () => {
        for await (const event of client.threads.create('Hi')) seen.push(event);
      })(),
    );
    expect(texts(seen)).toEqual(['a']);
    expect(error).toBeInstanceOf(ChatKitStreamError);
    expect(error).toMatchObject({
      code: 'stream_broken',
      status: 200,
      requestId: 'r1',
      eventCount: 1,
      lastEvent: progress('a'),
      rest: 'data: {"type":',
      cause: { message: 'reset' },
    });
  });

  it.each([
    ['a line', 'data: {"type":"err'],
    ['a block', 'data: {"type":"error"}\n'],
    ['a character', new Uint8Array([0xc3])],
  ])('that ends within %s has broken off', async (_, end) => {
    const { client } = clientOf(frame(progress('a')), end);
    const error = await failure(client.threads.create('Hi').collect());
    expect(error).toMatchObject({ code: 'stream_broken', eventCount: 1 });
  });

  it.each(['{"type"', 'null', '[1]', '{}', '{"type":1}', '[DONE]'])(
    'refuses %s as an event',
    async (data) => {
      const { client } = clientOf(frame(progress('a')), `data: ${data}\n\n`);
      const error = await failure(client.threads.create('Hi').collect());
      expect(error).toMatchObject({ code: 'invalid_event', eventCount: 1, rest: data });
    },
  );

  it('may end between events, or in a comment, or without any', async () => {
    expect(
      await clientOf(frame(progress('a')), ': bea')
        .client.threads.create('Hi')
        .collect(),
    ).toHaveLength(1);
    expect(await clientOf().client.threads.create('Hi').collect()).toEqual([]);
  });
});

describe('Leaving an event stream', () => {
  it('closes the connection, also of a fetch that knows no signals', async () => {
    const cancelled = jest.fn();
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(new TextEncoder().encode(frame(progress('a')))),
      cancel: cancelled,
    });
    const fetch = stubFetch(() => new Response(body, { headers: { 'content-type': 'text/event-stream' } }));
    for await (const event of createClient({ url: '/', fetch }).threads.create('Hi')) {
      expect(event).toEqual(progress('a'));
      break;
    }
    expect(cancelled).toHaveBeenCalled();
    expect(fetch.asked[0]?.signal?.aborted).toBe(true);
  });

  it('does not wait for an event that is awaited', async () => {
    const body = new ReadableStream<Uint8Array>({ pull: () => new Promise<void>(() => undefined) });
    const fetch = stubFetch(() => new Response(body, { headers: { 'content-type': 'text/event-stream' } }));
    const iterator = createClient({ url: '/', fetch }).threads.create('Hi')[Symbol.asyncIterator]();
    const next = iterator.next();
    await new Promise((resolve) => setTimeout(resolve, 5));
    await expect(iterator.return?.()).resolves.toEqual({ done: true, value: undefined });
    await expect(next).resolves.toEqual({ done: true, value: undefined });
    await expect(iterator.next()).resolves.toEqual({ done: true, value: undefined });
  });

  it('before it has begun sends nothing', async () => {
    const { client, fetch } = clientOf(frame(progress('a')));
    const iterator = client.threads.create('Hi')[Symbol.asyncIterator]();
    await iterator.return?.();
    expect(fetch.asked).toEqual([]);
  });

  it('by a signal throws its reason, and gives no more of what has come already', async () => {
    const { client } = clientOf(frame(progress('a'), progress('b')));
    const controller = new AbortController();
    const reason = new Error('enough');
    const seen: ThreadStreamEvent[] = [];
    const error = await failure(
      (async () => {
        for await (const event of client.threads.create('Hi', { signal: controller.signal })) {
          seen.push(event);
          controller.abort(reason);
        }
      })(),
    );
    expect(error).toBe(reason);
    expect(texts(seen)).toEqual(['a']);
  });

  it('by a signal that was aborted before sends nothing', async () => {
    const { client, fetch } = clientOf();
    const stream = client.threads.create('Hi', { signal: AbortSignal.abort() });
    expect((await failure(stream.collect())).name).toBe('AbortError');
    expect((await failure(client.threads.get('t', { signal: AbortSignal.abort() }))).name).toBe('AbortError');
    expect(fetch.asked).toEqual([]);
  });

  it('leaves nothing on the signal behind', async () => {
    const { signal } = new AbortController();
    const add = jest.spyOn(signal, 'addEventListener');
    const remove = jest.spyOn(signal, 'removeEventListener');
    await clientOf(frame(progress('a')))
      .client.threads.create('Hi', { signal })
      .collect();
    expect(add).toHaveBeenCalledTimes(1);
    expect(remove).toHaveBeenCalledTimes(1);
  });
});
