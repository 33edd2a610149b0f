import { Lifetime } from '../context';
import { isStreamingOperation, type Operation } from '../protocol';
import { clientLeft } from '../pipeline';
import type { Answer, StreamHandle } from '../operations';

/** A request that is being answered, as its adapter sees it. */
export interface Exchange {
  /**
   * What is to be answered.
   *
   * @throws ChatError what is to be answered instead; any other error is one of the server
   */
  readonly answer: Promise<Answer>;
  /** To be called when the client has left before the end of its answer. */
  disconnected(): void;
}

/** How long a request lives, and what its client's leaving means at each moment. */
export class RequestLife {
  readonly lifetime = new Lifetime();
  private stream: StreamHandle | undefined;
  // No state of one thing: a client may leave before, while and after it is known what that means.
  private gone = false;
  /** Whether a client that leaves ends the request, until there is a stream that knows. */
  private endsWithClient = false;

  disconnected(): void {
    this.gone = true;
    if (this.stream !== undefined) this.stream.disconnected();
    else if (this.endsWithClient) this.lifetime.abort(clientLeft());
  }

  /**
   * The operation is known. What answers with JSON goes on when the client has left: it may have
   * acted already, and what it made is to be stored.
   */
  begin(operation: Operation, onDisconnect: 'cancel' | 'finish'): void {
    this.endsWithClient = onDisconnect === 'cancel' && isStreamingOperation(operation);
    if (this.gone && this.endsWithClient) throw clientLeft();
  }

  /** The answer, with its stream tied to this life. */
  follow(answer: Answer): Answer {
    if (answer.kind !== 'stream') {
      this.lifetime.end();
      return answer;
    }
    // Let go of when it has begun: it knows all that the request has brought, and adapters keep it.
    let next: typeof answer | undefined = answer;
    return {
      kind: 'stream',
      start: (sink) => {
        const begun = next;
        next = undefined;
        if (begun === undefined) throw new Error('An answer is started once.');
        try {
          this.stream = begun.start(sink);
        } catch (error) {
          this.lifetime.end();
          throw error;
        }
        if (this.gone) this.stream.disconnected();
        return this.stream;
      },
      abandon: () => next?.abandon(),
    };
  }
}
