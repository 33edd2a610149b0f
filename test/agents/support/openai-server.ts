import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type OpenAI from 'openai';
import { afterThisTest } from '../../support/cleanup';
import type { ApiEvent } from '../golden/stream';
import { chatRefusalOf, Conversations, type ApiItem, type ChatMessage } from './conversations';

/** The body of a request, as the API receives it. */
export interface ApiRequest {
  input?: ApiItem[];
  messages?: ChatMessage[];
  previous_response_id?: string;
  [field: string]: unknown;
}

/** A request in the making: what it asked, and how its answer ended. */
export interface Exchange {
  path: string;
  body: ApiRequest;
  /** Resolves when its connection has closed before its answer was over. */
  left: Promise<void>;
}

/** An answer to one request, sent event by event. */
export interface Script {
  events: (ApiEvent | Pause)[];
  /** Instead of a stream. */
  status?: number;
  /** When the client may ask again after this status; at once by default. */
  retryAfterMs?: number;
  /** How the stream ends: as it should, by a broken connection, or not at all. */
  end?: 'well' | 'broken' | 'never';
}

/** Waits before the next event: for something that the test does, or some milliseconds. */
export type Pause = { until: Promise<unknown> } | { ms: number };

/**
 * A server that speaks the streaming Responses and Chat Completions APIs of OpenAI, with scripted answers.
 * It keeps responses by id, and refuses input as the real API does: none at all, items without their fields, a
 * call without an output of its own, an output without a call, reasoning without the item that it led to or
 * such an item without it, a response that it does not know; of Chat Completions, calls that are not answered
 * at once.
 */
export class OpenAiServer {
  readonly exchanges: Exchange[] = [];
  /** Why it has refused requests. */
  readonly refusals: string[] = [];
  private readonly scripts: Script[] = [];
  private readonly conversations = new Conversations();

  private constructor(readonly baseURL: string) {}

  /** Listens until the test is over. */
  static async start(): Promise<OpenAiServer> {
    const http = createServer();
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    afterThisTest(() => {
      http.closeAllConnections();
      http.close();
    });
    const server = new OpenAiServer(`http://127.0.0.1:${String((http.address() as AddressInfo).port)}/v1`);
    http.on('request', (request, response) => void server.answer(request, response));
    return server;
  }

  /** A real client for it. */
  client(Client: typeof OpenAI, maxRetries = 0): OpenAI {
    return new Client({ baseURL: this.baseURL, apiKey: 'test', maxRetries });
  }

  /** Answers of the next requests, in their order. */
  will(...scripts: (Script | (ApiEvent | Pause)[])[]): this {
    this.scripts.push(...scripts.map((script) => (Array.isArray(script) ? { events: script } : script)));
    return this;
  }

  /** Forgets a response, as the API does after thirty days. */
  forget(responseId: string): void {
    this.conversations.forget(responseId);
  }

  get bodies(): ApiRequest[] {
    return this.exchanges.map(({ body }) => body);
  }

  /** Whether all scripts have begun. */
  get isAtLast(): boolean {
    return this.scripts.length === 0;
  }

  /** All that the model of the last request has read. */
  get read(): unknown[] {
    const { input = [], messages = [], previous_response_id: previous } = this.last.body;
    return [...this.conversations.before(previous), ...input, ...messages];
  }

  get last(): Exchange {
    return this.exchanges.at(-1)!;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = JSON.parse(await textOf(request)) as ApiRequest;
    const left = new Promise<void>((resolve) =>
      response.on('close', () => {
        if (!response.writableFinished) resolve();
      }),
    );
    this.exchanges.push({ path: request.url!, body, left });
    const isResponses = request.url!.endsWith('/responses');
    const refusal = isResponses ? this.conversations.refuse(body) : chatRefusalOf(body.messages ?? []);
    if (refusal !== undefined) {
      this.refusals.push(refusal);
      refuse(response, 400, refusal);
      return;
    }
    const script = this.scripts.shift();
    if (script === undefined) {
      refuse(response, 500, 'The script of the test is over.');
      return;
    }
    if (script.status !== undefined) {
      refuse(response, script.status, 'The script wants this.', script.retryAfterMs);
      return;
    }
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const events = isResponses ? this.conversations.number(body, script.events) : script.events;
    for (const event of events) {
      if (response.destroyed) return;
      if ('until' in event) await event.until;
      else if ('ms' in event) await sleep(event.ms as number);
      else response.write(isResponses ? eventText(event) : `data: ${JSON.stringify(event)}\n\n`);
    }
    const { end = 'well' } = script;
    if (end === 'broken') response.destroy();
    if (end === 'well') response.end(isResponses ? '' : 'data: [DONE]\n\n');
  }
}

function eventText(event: ApiEvent): string {
  return `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
}

function refuse(response: ServerResponse, status: number, message: string, retryAfterMs = 1): void {
  response.writeHead(status, { 'content-type': 'application/json', 'retry-after-ms': String(retryAfterMs) });
  response.end(
    JSON.stringify({ error: { message, type: 'invalid_request_error', code: null, param: null } }),
  );
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += chunk as string;
  return text;
}
