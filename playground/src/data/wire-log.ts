import {
  SseParser,
  type ByteReader,
  type FetchInit,
  type FetchLike,
  type FetchResponse,
} from 'chatkit-controllers/client';
import { PerFrame } from '../state/frames';
import { Store } from '../state/store';
import { limitLog } from './log-limit';
import type { LoggedEvent, LoggedRequest } from './logged-request';

const LIMITS = { requests: 200, events: 20_000 };

/** The log of all requests and responses. The oldest entries are removed when it grows too large. */
export class WireLog {
  readonly requests = new Store<readonly LoggedRequest[]>([]);
  private readonly byId = new Map<number, LoggedRequest>();
  private next = 1;
  private readonly show = new PerFrame(() => this.requests.set([...this.byId.values()]));

  /** Wraps `fetch` so that its requests are logged. */
  watch(fetch: FetchLike): FetchLike {
    return async (url, init) => {
      const entry = this.begin(url, init);
      const start = performance.now();
      const note = (change: Partial<LoggedRequest>): void => this.change(entry.id, change);
      const since = (): number => performance.now() - start;
      try {
        const response = await fetch(url, init);
        note({
          status: response.status,
          began: since(),
          requestId: response.headers.get('x-request-id') ?? undefined,
        });
        return watched(response, note, since, (texts) => this.addEvents(entry.id, texts, since()));
      } catch (error) {
        note({ failure: String(error), ended: since() });
        throw error;
      }
    };
  }

  clear(): void {
    this.byId.clear();
    this.show.ask();
  }

  private begin(url: string, init: FetchInit): LoggedRequest {
    const entry: LoggedRequest = {
      id: this.next++,
      operation: operationOf(init.body),
      time: new Date().toISOString(),
      url,
      headers: init.headers,
      body: init.body,
      status: undefined,
      requestId: undefined,
      began: undefined,
      ended: undefined,
      size: 0,
      answer: undefined,
      events: [],
      failure: undefined,
    };
    this.byId.set(entry.id, entry);
    this.trim();
    this.show.ask();
    return entry;
  }

  private change(id: number, change: Partial<LoggedRequest>): void {
    const entry = this.byId.get(id);
    if (entry === undefined) return;
    this.byId.set(id, { ...entry, ...change });
    this.show.ask();
  }

  private addEvents(id: number, texts: readonly string[], at: number): void {
    const entry = this.byId.get(id);
    if (entry === undefined || texts.length === 0) return;
    // Grows in place: copying for each of thousands of deltas would take quadratic time.
    (entry.events as LoggedEvent[]).push(...texts.map((text) => ({ at, text })));
    this.change(id, {});
    this.trim();
  }

  private trim(): void {
    limitLog(this.byId, LIMITS);
  }
}

function operationOf(body: string): string {
  try {
    const { type } = JSON.parse(body) as { type?: unknown };
    return String(type);
  } catch {
    return '?';
  }
}

/** Wraps a response so that it is logged while it is read. */
function watched(
  response: FetchResponse,
  note: (change: Partial<LoggedRequest>) => void,
  since: () => number,
  addEvents: (texts: readonly string[]) => void,
): FetchResponse {
  const { body } = response;
  return {
    ok: response.ok,
    status: response.status,
    headers: response.headers,
    body: body && { getReader: () => watchedReader(body.getReader(), note, since, addEvents) },
    async text() {
      const text = await response.text();
      note({ answer: text, size: text.length, ended: since() });
      return text;
    },
  };
}

function watchedReader(
  reader: ByteReader,
  note: (change: Partial<LoggedRequest>) => void,
  since: () => number,
  addEvents: (texts: readonly string[]) => void,
): ByteReader {
  const parser = new SseParser();
  const decoder = new TextDecoder();
  let size = 0;
  let isOver = false;
  const end = (change: Partial<LoggedRequest>): void => {
    if (!isOver) note({ ...change, ended: since() });
    isOver = true;
  };
  return {
    async read() {
      try {
        const part = await reader.read();
        if (part.done) end({});
        else if (part.value !== undefined) {
          size += part.value.length;
          note({ size });
          addEvents(parser.push(decoder.decode(part.value, { stream: true })));
        }
        return part;
      } catch (error) {
        end({ failure: String(error) });
        throw error;
      }
    },
    async cancel(reason) {
      end({ failure: 'Stopped by the page.' });
      await reader.cancel(reason);
    },
  };
}
