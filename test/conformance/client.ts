import { exactly, withIntegers } from './exactly';
import type { Exchange, Json, JsonObject, Scenario, Send } from './language';
import { References } from './references';
import type { Raised, Session, Side, State } from './session';

/** What the client saw of one request. */
export interface Reply {
  status?: number;
  events?: JsonObject[];
  /** Why the stream is not whole. */
  cut?: 'by the client' | 'by the server' | 'left open';
  json?: Json;
  /** The code of an error over HTTP. */
  error?: string;
  raised?: Raised;
}

/** One exchange, and everything stored after it. */
export interface Outcome {
  reply: Reply;
  state: State;
}

/** Plays a scenario to one side and writes down what comes back. */
export async function play(scenario: Scenario, side: Side): Promise<Outcome[]> {
  const session = await side.open(scenario.without ?? []);
  const client = new Client(session);
  try {
    const outcomes: Outcome[] = [];
    for (const exchange of scenario.exchanges) {
      const reply = await client.exchange(exchange);
      outcomes.push({ reply, state: await session.state() });
    }
    return outcomes;
  } finally {
    client.leave();
    await session.close();
  }
}

/** A stream that is being read. */
interface Open {
  id: string;
  stream: EventStream;
}

class Client {
  private readonly references = new References();
  private open: Open | undefined;
  private sent = 0;

  constructor(private readonly session: Session) {}

  async exchange(exchange: Exchange): Promise<Reply> {
    const reply = 'resume' in exchange ? await this.resume() : await this.send(exchange);
    this.references.learn(reply);
    return reply;
  }

  /** Closes what is still open. */
  leave(): void {
    this.open?.stream.leave();
  }

  private async send({ send, handler = [], settings = {}, hangUp, leaveOpen }: Send): Promise<Reply> {
    this.sent += 1;
    const id = String(this.sent);
    const fill = <T>(value: T): T => this.references.fill(value);
    await this.session.putScript(id, { steps: fill(handler), settings: fill(settings) });
    const leaving = new AbortController();
    const response = await fetch(this.session.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-script': id },
      body: typeof send === 'string' ? fill(send) : withIntegers(JSON.stringify(fill(send))),
      signal: leaving.signal,
    });
    const { status } = response;
    if (response.headers.get('content-type')?.startsWith('text/event-stream') !== true) {
      return status === 200
        ? { status, json: exactly(await response.text()) as Json }
        : this.refused(id, response);
    }
    const stream = new EventStream(response, leaving);
    const until = leaveOpen === true ? 'paused' : hangUp;
    const events = await stream.read(until);
    if (leaveOpen === true && !stream.ended) {
      this.open = { id, stream };
      return { status, events, cut: 'left open' };
    }
    return { status, events, ...(await this.end(id, stream)) };
  }

  private async resume(): Promise<Reply> {
    const { open } = this;
    if (open === undefined) throw new Error('There is no stream to resume.');
    this.open = undefined;
    await this.session.release(open.id);
    const events = await open.stream.read();
    return { events, ...(await this.end(open.id, open.stream)) };
  }

  private async end(id: string, stream: EventStream): Promise<Reply> {
    if (stream.ended) return {};
    const cut = stream.broken ? 'by the server' : 'by the client';
    stream.leave();
    const raised = await this.session.outcome(id);
    return raised === null ? { cut } : { cut, raised };
  }

  private async refused(id: string, response: Response): Promise<Reply> {
    const { status } = response;
    const text = await response.text();
    const raised = await this.session.outcome(id);
    if (raised !== null) return { status, raised };
    const { error } = JSON.parse(text) as { error: { code: string } };
    return { status, error: error.code };
  }
}

/** The events of a response, as many as are wanted at a time. */
class EventStream {
  ended = false;
  broken = false;
  private text = '';
  private readonly chunks: AsyncIterator<Uint8Array>;
  private readonly decoder = new TextDecoder();

  constructor(
    response: Response,
    private readonly leaving: AbortController,
  ) {
    const body = response.body as AsyncIterable<Uint8Array>;
    this.chunks = body[Symbol.asyncIterator]();
  }

  /** Reads to the end, or so many events, or to the one with which a handler pauses. */
  async read(until?: number | 'paused'): Promise<JsonObject[]> {
    const events: JsonObject[] = [];
    for (;;) {
      if (typeof until === 'number' && events.length >= until) return events;
      const event = await this.next();
      if (event === undefined) return events;
      events.push(event);
      if (until === 'paused' && event['type'] === 'progress_update' && event['text'] === 'paused')
        return events;
    }
  }

  leave(): void {
    this.leaving.abort();
  }

  private async next(): Promise<JsonObject | undefined> {
    for (;;) {
      const end = this.text.indexOf('\n\n');
      if (end >= 0) {
        const block = this.text.slice(0, end);
        this.text = this.text.slice(end + 2);
        return parseBlock(block);
      }
      const chunk = await this.chunks.next().catch(() => {
        this.broken = true;
        return undefined;
      });
      if (chunk === undefined) return undefined;
      if (chunk.done === true) {
        if (this.text !== '') throw new Error(`The stream ends amid an event: ${this.text}`);
        this.ended = true;
        return undefined;
      }
      this.text += this.decoder.decode(chunk.value, { stream: true });
    }
  }
}

/** An event is one `data:` line, on either side. */
function parseBlock(block: string): JsonObject {
  if (!block.startsWith('data: ') || block.includes('\n')) throw new Error(`Not one data line: ${block}`);
  return exactly(block.slice('data: '.length)) as JsonObject;
}
