/*
 * What the client needs of `fetch`, spelled out, so that its types need neither the browser's nor
 * Node's, and so that tests can hand in a small function.
 */

/** The readable body of an answer; a web `ReadableStream` of bytes is one. */
export interface ByteStream {
  getReader(): ByteReader;
}

/** The reader of a {@link ByteStream}. */
export interface ByteReader {
  read(): Promise<{ done: boolean; value?: Uint8Array | undefined }>;
  cancel(reason?: unknown): Promise<void>;
}

/** An answer; a `Response` is one. */
export interface FetchResponse {
  readonly ok: boolean;
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  readonly body: ByteStream | null;
  text(): Promise<string>;
}

/** What a request is made with. */
export interface FetchInit {
  method: 'POST';
  headers: Record<string, string>;
  body: string;
  signal?: AbortSignal;
  credentials?: 'omit' | 'same-origin' | 'include';
}

/** The global `fetch`, or a function that does as much of it. */
export type FetchLike = (url: string, init: FetchInit) => Promise<FetchResponse>;
