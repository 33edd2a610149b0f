/*
 * The parts of `fetch` that the client uses. They are declared here so that the client's types need
 * neither the DOM's nor Node's types, and so that tests can pass a small function.
 */

/** The readable body of a response; a web `ReadableStream` of bytes fits. */
export interface ByteStream {
  getReader(): ByteReader;
}

/** The reader of a {@link ByteStream}. */
export interface ByteReader {
  read(): Promise<{ done: boolean; value?: Uint8Array | undefined }>;
  cancel(reason?: unknown): Promise<void>;
}

/** A response; the global `Response` fits. */
export interface FetchResponse {
  readonly ok: boolean;
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  readonly body: ByteStream | null;
  text(): Promise<string>;
}

/** The second argument of `fetch`, as the client passes it. */
export interface FetchInit {
  method: 'POST';
  headers: Record<string, string>;
  body: string;
  signal?: AbortSignal;
  credentials?: 'omit' | 'same-origin' | 'include';
}

/** The global `fetch`, or a function that implements this part of it. */
export type FetchLike = (url: string, init: FetchInit) => Promise<FetchResponse>;
