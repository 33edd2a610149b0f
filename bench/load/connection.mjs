import { connect } from 'node:net';

const HEAD_END = Buffer.from('\r\n\r\n');
const LINE_END = Buffer.from('\r\n');

/**
 * One keep-alive connection that sends its requests in turn, over and over, and reads each answer to its
 * last byte: as little work as that takes, or the client would be what is measured.
 */
export class Connection {
  /** @param onAnswer called with status and body length when an answer is complete */
  constructor(port, requests, onAnswer, onProblem) {
    this.requests = requests;
    this.sent = 0;
    this.onAnswer = onAnswer;
    this.pending = undefined;
    this.read = this.readHead;
    const into = Buffer.allocUnsafe(64 * 1024);
    this.socket = connect({
      port,
      host: '127.0.0.1',
      noDelay: true,
      onread: { buffer: into, callback: (size) => (this.receive(into.subarray(0, size)), true) },
    });
    this.socket.on('error', onProblem);
    this.socket.on('close', () => onProblem(new Error('The server closed the connection.')));
  }

  send() {
    this.socket.write(this.requests[this.sent % this.requests.length]);
    this.sent += 1;
  }

  close() {
    this.socket.removeAllListeners('close');
    this.socket.destroy();
  }

  receive(bytes) {
    const whole = this.pending === undefined ? bytes : Buffer.concat([this.pending, bytes]);
    this.pending = undefined;
    let at = 0;
    while (at < whole.length) {
      const next = this.read(whole, at);
      if (next === undefined) {
        this.pending = Buffer.from(whole.subarray(at)); // a copy: the buffer is read into again
        return;
      }
      at = next;
    }
  }

  // Each step returns where the next one begins, or `undefined` when it needs more bytes.

  readHead(bytes, at) {
    const end = bytes.indexOf(HEAD_END, at);
    if (end < 0) return undefined;
    const head = bytes.latin1Slice(at, end).toLowerCase();
    this.status = Number(head.slice(9, 12));
    this.length = 0;
    if (head.includes('\r\ntransfer-encoding: chunked')) this.read = this.readChunkSize;
    else {
      const sized = /\r\ncontent-length: (\d+)/.exec(head);
      if (sized === null) throw new Error(`An answer of unknown length:\n${head}`);
      this.left = Number(sized[1]);
      this.read = this.readSized;
      if (this.left === 0) this.complete();
    }
    return end + HEAD_END.length;
  }

  readSized(bytes, at) {
    const taken = Math.min(this.left, bytes.length - at);
    this.left -= taken;
    this.length += taken;
    if (this.left === 0) this.complete();
    return at + taken;
  }

  readChunkSize(bytes, at) {
    const end = bytes.indexOf(LINE_END, at);
    if (end < 0) return undefined;
    const size = Number.parseInt(bytes.latin1Slice(at, end), 16);
    this.length += size;
    this.left = size + LINE_END.length;
    this.read = size === 0 ? this.readLastChunk : this.readChunk;
    return end + LINE_END.length;
  }

  readChunk(bytes, at) {
    const taken = Math.min(this.left, bytes.length - at);
    this.left -= taken;
    if (this.left === 0) this.read = this.readChunkSize;
    return at + taken;
  }

  readLastChunk(bytes, at) {
    if (bytes.length - at < LINE_END.length) return undefined;
    this.complete();
    return at + LINE_END.length;
  }

  complete() {
    this.read = this.readHead;
    this.onAnswer(this.status, this.length);
  }
}
