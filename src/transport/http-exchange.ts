import { randomUUID } from 'node:crypto';
import type { HttpSettings } from '../app';
import type { Logger } from '../context';
import { readable } from '../errors';
import type { Awaitable } from '../store';
import { corsHeaders } from './cors';
import { ClientGone, type HttpAnswer, type HttpRequest } from './http-answer';
import { refusal } from './http-error';

/**
 * Answers one kind of request.
 *
 * @throws ChatError what is to be answered instead, and any other error that is to be logged
 */
export type Answerer<TRequest> = (exchange: HttpExchange<TRequest>) => Awaitable<HttpAnswer>;

/** What of an app every answer needs. */
export interface HttpApp {
  readonly http: HttpSettings;
  readonly services: { readonly logger: Logger };
}

/** One request and its answer, whichever adapter it came through. */
export class HttpExchange<TRequest> {
  readonly requestId: string;
  /** Of every answer to this request. */
  private common: Readonly<Record<string, string>>;
  private readonly listeners: (() => void)[] = [];
  private hasLeft = false;

  constructor(
    private readonly app: HttpApp,
    readonly request: HttpRequest<TRequest>,
  ) {
    this.requestId = requestIdFrom(request.header('x-request-id'));
    this.common = { 'x-request-id': this.requestId };
  }

  /** What is to be answered. Never rejects. `undefined` when the client hung up while it was sending. */
  async answer(answerer: Answerer<TRequest>): Promise<HttpAnswer | undefined> {
    try {
      const { cors } = this.app.http;
      if (cors !== undefined) this.common = { ...this.common, ...corsHeaders(cors, this.request.header) };
      return this.withCommon(await answerer(this));
    } catch (thrown) {
      const error = readable(thrown);
      return error instanceof ClientGone ? undefined : this.refuse(error);
    }
  }

  /** What is answered for an error. */
  refuse(error: unknown): HttpAnswer {
    return this.withCommon(refusal(error, this.requestId, this.app.services.logger));
  }

  /** Calls `listener` when the client leaves, or at once where it has. */
  onLeave(listener: () => void): void {
    if (this.hasLeft) listener();
    else this.listeners.push(listener);
  }

  /** The connection is closed: the client has left, or has been answered. */
  left(): void {
    this.hasLeft = true;
    for (const listener of this.listeners.splice(0)) listener();
  }

  private withCommon({ status, headers, body }: HttpAnswer): HttpAnswer {
    return { status, headers: { ...this.common, ...headers }, body };
  }
}

const SAFE_ID = /^[\w.:-]{1,128}$/;

/** The caller's `x-request-id` if it is fit for logs and headers, else a new one. */
export function requestIdFrom(header: string | undefined): string {
  return header !== undefined && SAFE_ID.test(header) ? header : randomUUID();
}

const LANGUAGE = /^\s*([A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*)/;

/** The first language of an `Accept-Language` header; `en` without one. */
export function localeFrom(header: string | undefined): string {
  return (header === undefined ? undefined : LANGUAGE.exec(header)?.[1]) ?? 'en';
}
