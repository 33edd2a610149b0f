import type { ThreadStreamEvent } from '../../src/protocol';
import type { Wire } from './requests';

export interface Sending {
  /** The value of `x-user-id`; `alice` by default, `null` for nobody. */
  user?: string | null;
  headers?: Record<string, string>;
  method?: string;
  signal?: AbortSignal;
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- what it holds is what the tests are about
export type Json = Record<string, any>;

/** An answer, wholly read. */
export interface Reply {
  status: number;
  headers: Headers;
  text: string;
  /** The body as JSON. */
  json: Json;
  /** What a stream brought. */
  events: ThreadStreamEvent[];
  /** The types of the events, in order. */
  types: string[];
}

/** Sends a request and reads the answer to its end. A string or bytes go as they are. */
export async function post(
  url: string,
  body: Wire | string | Uint8Array,
  sending: Sending = {},
): Promise<Reply> {
  const response = await send(url, body, sending);
  const text = await response.text();
  const isStream = response.headers.get('content-type')?.startsWith('text/event-stream') ?? false;
  const events = isStream ? parseEvents(text).events : [];
  return {
    status: response.status,
    headers: response.headers,
    text,
    get json() {
      return JSON.parse(text) as Json;
    },
    events,
    types: events.map(({ type }) => type),
  };
}

/** Sends a request and leaves the answer to be read bit by bit. */
export async function open(url: string, body: Wire, sending: Sending = {}): Promise<OpenStream> {
  const controller = new AbortController();
  const response = await send(url, body, { ...sending, signal: controller.signal });
  return new OpenStream(response, controller);
}

function send(url: string, body: Wire | string | Uint8Array, sending: Sending): Promise<Response> {
  const { user = 'alice', headers = {}, method = 'POST', signal } = sending;
  const plain = typeof body === 'string' || body instanceof Uint8Array;
  return fetch(url, {
    method,
    headers: {
      'content-type': 'application/json',
      ...(user === null ? {} : { 'x-user-id': user }),
      ...headers,
    },
    ...(method === 'GET' || method === 'HEAD' || method === 'OPTIONS'
      ? {}
      : { body: plain ? (body as string) : JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
  });
}

/** A stream in the reading. */
export class OpenStream {
  readonly events: ThreadStreamEvent[] = [];
  comments = 0;
  private rest = '';
  private readonly reader: ReadableStreamDefaultReader<Uint8Array>;
  private readonly decoder = new TextDecoder();

  constructor(
    readonly response: Response,
    private readonly controller: AbortController,
  ) {
    this.reader = response.body!.getReader();
  }

  get types(): string[] {
    return this.events.map(({ type }) => type);
  }

  /** Reads until an event fits; returns it. */
  async until(fits: (event: ThreadStreamEvent) => boolean): Promise<ThreadStreamEvent> {
    for (;;) {
      const found = this.events.find(fits);
      if (found !== undefined) return found;
      if (!(await this.readOn())) throw new Error(`The stream ended: ${this.types.join(', ')}`);
    }
  }

  /** Reads until so many heartbeats have come. */
  async untilComments(count: number): Promise<void> {
    while (this.comments < count) {
      if (!(await this.readOn())) throw new Error('The stream ended.');
    }
  }

  /** Reads to the end. */
  async end(): Promise<ThreadStreamEvent[]> {
    while (await this.readOn());
    return this.events;
  }

  /** The client leaves. */
  leave(): void {
    this.controller.abort();
  }

  private async readOn(): Promise<boolean> {
    const { done, value } = await this.reader.read();
    if (done) return false;
    const text = this.rest + this.decoder.decode(value, { stream: true });
    const end = text.lastIndexOf('\n\n') + 2;
    this.rest = end < 2 ? text : text.slice(end);
    if (end < 2) return true;
    const { events, comments } = parseEvents(text.slice(0, end));
    this.events.push(...events);
    this.comments += comments;
    return true;
  }
}

/** Reads a stream's text strictly: every block is one line of data, or a comment. */
export function parseEvents(text: string): { events: ThreadStreamEvent[]; comments: number } {
  const events: ThreadStreamEvent[] = [];
  let comments = 0;
  if (text === '') return { events, comments };
  if (!text.endsWith('\n\n')) throw new Error(`The stream is cut off: ${text.slice(-80)}`);
  for (const block of text.slice(0, -2).split('\n\n')) {
    if (block.startsWith(':')) comments += 1;
    else if (/^data: [^\n\r]*$/.test(block)) events.push(JSON.parse(block.slice(6)) as ThreadStreamEvent);
    else throw new Error(`No event: ${block}`);
  }
  return { events, comments };
}
