import type { FetchInit, FetchLike } from './fetch-like';

/** Headers by name, or a function that is asked for them before each request (for tokens that expire). */
export type HeadersOption =
  Record<string, string> | (() => Record<string, string> | Promise<Record<string, string>>);

/** Options of {@link createClient}. */
export interface ChatKitClientOptions {
  /** Where the chat is, as `https://shop.example/chatkit`; in browsers a path will do. */
  url: string;
  /** Sent with every request. They win over the client's own. */
  headers?: HeadersOption | undefined;
  /** The global `fetch` by default. */
  fetch?: FetchLike | undefined;
  /** Whether cookies go along, as `fetch` takes it; `'include'` for a chat of another origin. */
  credentials?: FetchInit['credentials'] | undefined;
  /** The language for texts that the server makes, as `de-CH`: sent as `Accept-Language`. */
  locale?: string | undefined;
}

/** What any call may be given besides its parameters. */
export interface CallOptions {
  /** Ends the request; the promise or the loop then rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
  /** Headers of this request alone; they win over the client's. */
  headers?: Record<string, string> | undefined;
  /** The envelope's metadata: `ctx.metadata` for the server's handlers. */
  metadata?: Record<string, unknown> | undefined;
}
