import type { FetchInit, FetchLike } from './fetch-like';

/** Headers by name, or a function that is called before each request (for tokens that expire). */
export type HeadersOption =
  Record<string, string> | (() => Record<string, string> | Promise<Record<string, string>>);

/** Options of {@link createClient}. */
export interface ChatKitClientOptions {
  /** The URL of the chat, for example `https://shop.example/chatkit`; in browsers a path is enough. */
  url: string;
  /** Sent with every request. They override the headers that the client sets. */
  headers?: HeadersOption | undefined;
  /** Default: the global `fetch`. */
  fetch?: FetchLike | undefined;
  /** Whether cookies are sent, as in `fetch`; use `'include'` for a chat on another origin. */
  credentials?: FetchInit['credentials'] | undefined;
  /** The language for the server's texts, for example `de-CH`; sent as `Accept-Language`. */
  locale?: string | undefined;
}

/** Options of every call. */
export interface CallOptions {
  /** Aborts the request; the promise or the loop then rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
  /** Headers of this request only; they override the client's. */
  headers?: Record<string, string> | undefined;
  /** The request's metadata; handlers read it as `ctx.metadata`. */
  metadata?: Record<string, unknown> | undefined;
}
