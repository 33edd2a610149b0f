import type { FetchInit, FetchLike } from './fetch-like';

/** Headers by name, or a function that is called before each request (for tokens that expire). */
export type HeadersOption =
  Record<string, string> | (() => Record<string, string> | Promise<Record<string, string>>);

/** Options of {@link createClient}. */
export interface ChatKitClientOptions {
  /** The URL of the chat, such as `https://shop.example/chatkit`; in browsers a path is enough. */
  url: string;
  /** Sent with every request. They override the client's own. */
  headers?: HeadersOption | undefined;
  /** The global `fetch` by default. */
  fetch?: FetchLike | undefined;
  /** Whether cookies are sent, as in `fetch`; `'include'` for a chat of another origin. */
  credentials?: FetchInit['credentials'] | undefined;
  /** The language for texts that the server makes, as `de-CH`: sent as `Accept-Language`. */
  locale?: string | undefined;
}

/** Options of every call. */
export interface CallOptions {
  /** Ends the request; the promise or the loop then rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
  /** Headers of this request only; they override the client's. */
  headers?: Record<string, string> | undefined;
  /** The envelope's metadata: `ctx.metadata` for the server's handlers. */
  metadata?: Record<string, unknown> | undefined;
}
