import type { ServedApp } from '../app';
import { answerChat } from './answer-chat';
import { answerNotFound } from './answer-not-found';
import { besideChat, type Asked } from './beside-chat';
import { Heartbeat } from './heartbeat';
import type { HttpRequest } from './http-answer';
import { HttpExchange, type Answerer } from './http-exchange';

/** An app as it is served over HTTP, whichever adapter the requests come through. */
export class HttpService<TRequest> {
  /** Answers requests for the chat itself. */
  readonly chat: Answerer<TRequest>;
  private readonly heartbeat: Heartbeat;

  constructor(readonly app: ServedApp<TRequest>) {
    this.heartbeat = new Heartbeat(app.http.heartbeatMs);
    this.chat = (exchange) => answerChat(app, this.heartbeat, exchange);
  }

  /** What answers a request for an attachment or, in development, for the registry; `undefined` for others. */
  beside(asked: Asked): Answerer<TRequest> | undefined {
    return besideChat(this.app, asked);
  }

  /** Answers requests for a path where nothing is. */
  notFound(message: string): Answerer<TRequest> {
    return ({ request }) => answerNotFound(message, request, this.app.http.cors);
  }

  exchange(request: HttpRequest<TRequest>): HttpExchange<TRequest> {
    return new HttpExchange(this.app, request);
  }

  async close(options?: { timeoutMs?: number }): Promise<void> {
    await this.app.close(options);
    this.heartbeat.stop();
  }
}
