import { Agent, request } from 'node:http';
import type { Shot } from './shots';

/** So long nothing may take, on a machine that has other things to do as well. */
const HANG_MS = 60_000;

/** What came back, or why nothing did. */
export interface Reply {
  readonly status: number;
  readonly type: string;
  readonly text: string;
  /** The connection broke, or no end came in time. */
  readonly broken?: string;
}

/** Sends bodies over a few connections that are kept open. */
export class FuzzClient {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 8 });

  constructor(private readonly port: number) {}

  send({ to, type, body }: Shot, requestId: string): Promise<Reply> {
    const { promise, resolve } = withResolve<Reply>();
    const broken = (why: string): void => resolve({ status: 0, type: '', text: '', broken: why });
    const sent = request({
      agent: this.agent,
      host: '127.0.0.1',
      port: this.port,
      method: 'POST',
      path: to === 'chat' ? '/chatkit' : '/chatkit/attachments',
      headers: { 'content-type': type, 'content-length': body.length, 'x-request-id': requestId },
    });
    const timer = setTimeout(() => {
      broken(`no end in ${String(HANG_MS)} ms`);
      sent.destroy();
    }, HANG_MS);
    sent.on('error', (error) => broken(String(error)));
    sent.on('close', () => clearTimeout(timer));
    sent.on('response', (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('error', (error) => broken(String(error)));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, type: response.headers['content-type'] ?? '', text }),
      );
    });
    sent.end(body);
    return promise;
  }

  close(): void {
    this.agent.destroy();
  }
}

function withResolve<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((settle) => (resolve = settle));
  return { promise, resolve };
}
