import { connect, type Socket } from 'node:net';
import { afterThisTest } from './cleanup';
import { until } from './wait';

/** A connection that says exactly what it is told, and reads only when it is told. */
export class RawSocket {
  received = '';
  closed = false;

  private constructor(readonly socket: Socket) {
    socket.on('close', () => (this.closed = true)).on('error', () => undefined);
  }

  static async open(url: string): Promise<RawSocket> {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    afterThisTest(() => socket.destroy());
    const raw = new RawSocket(socket);
    await new Promise((resolve) => socket.once('connect', resolve));
    return raw;
  }

  /** Sends the head of a request, and as much of its body as is given. */
  request(body: string, headers: Record<string, string | number> = {}): this {
    const all = {
      host: 'localhost',
      'content-type': 'application/json',
      'x-user-id': 'alice',
      'content-length': Buffer.byteLength(body),
      ...headers,
    };
    const lines = Object.entries(all).map(([name, value]) => `${name}: ${String(value)}\r\n`);
    this.socket.write(`POST /chatkit HTTP/1.1\r\n${lines.join('')}\r\n${body}`);
    return this;
  }

  /** Starts to read. */
  read(): this {
    this.socket.setEncoding('latin1').on('data', (text: string) => (this.received += text));
    return this;
  }

  async untilReceived(pattern: RegExp): Promise<void> {
    await until(() => pattern.test(this.received), `${String(pattern)} in ${this.received.slice(0, 500)}`);
  }

  async untilClosed(): Promise<void> {
    await until(() => this.closed, 'the connection to be closed');
  }

  /** Leaves without a word. */
  hangUp(): void {
    this.socket.destroy();
  }
}
