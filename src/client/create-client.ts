import { AttachmentsApi } from './attachments-api';
import { Connection } from './connection';
import type { EventStream } from './event-stream';
import { ItemsApi } from './items-api';
import type { JsonOperation, OperationInput, OperationResult, StreamingOperation } from './operations';
import type { CallOptions, ChatKitClientOptions } from './options';
import { type RecordedBlob, type Recording, toAudio } from './recording';
import { ThreadsApi } from './threads-api';

/** A client of one chat; see {@link createClient}. */
export class ChatKitClient {
  readonly threads: ThreadsApi;
  readonly items: ItemsApi;
  readonly attachments: AttachmentsApi;
  private readonly connection: Connection;

  /** @internal */
  constructor(options: ChatKitClientOptions) {
    this.connection = new Connection(options);
    this.threads = new ThreadsApi(this.connection);
    this.items = new ItemsApi(this.connection);
    this.attachments = new AttachmentsApi(this.connection);
  }

  /**
   * Transcribes a recording.
   *
   * @param recording A `Blob`; or bytes or base64, with their MIME type.
   * @example const { text } = await client.transcribe(new Blob(chunks, { type: 'audio/webm;codecs=opus' }));
   */
  transcribe(recording: RecordedBlob, mimeType?: string, call?: CallOptions): Promise<{ text: string }>;
  transcribe(recording: Recording, mimeType: string, call?: CallOptions): Promise<{ text: string }>;
  async transcribe(recording: Recording, mimeType?: string, call?: CallOptions): Promise<{ text: string }> {
    return this.send('input.transcribe', await toAudio(recording, mimeType), call);
  }

  /**
   * Sends any operation that answers with JSON, by its protocol name and with the parameters of the
   * protocol; for tests, recorders and load generators.
   *
   * @example await client.send('threads.get_by_id', { thread_id: 'thr_1' })
   */
  send<Op extends JsonOperation>(
    operation: Op,
    params: OperationInput<Op>,
    call?: CallOptions,
  ): Promise<OperationResult<Op>> {
    return this.connection.send(operation, params, call);
  }

  /** Sends any operation that answers with a stream; otherwise like {@link ChatKitClient.send}. */
  stream<Op extends StreamingOperation>(
    operation: Op,
    params: OperationInput<Op>,
    call?: CallOptions,
  ): EventStream {
    return this.connection.stream(operation, params, call);
  }
}

/**
 * Creates a client for a ChatKit server. It runs in browsers and in Node.
 *
 * @example
 * const client = createClient({
 *   url: 'https://shop.example/chatkit',
 *   headers: async () => ({ authorization: `Bearer ${await token()}` }),
 *   locale: 'de-CH',
 * });
 *
 * let state = createThreadState();
 * for await (const event of client.threads.create('Where is my order?')) {
 *   state = reduceThread(state, event);
 *   render(state);
 * }
 * state = endStream(state);
 */
export function createClient(options: ChatKitClientOptions): ChatKitClient {
  return new ChatKitClient(options);
}
