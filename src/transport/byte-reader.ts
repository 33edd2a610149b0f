const NOTHING = Buffer.alloc(0);

/** Reads bytes up to a delimiter (`mark`), from a source in chunks of any size. */
export class ByteReader {
  private rest: Buffer;
  private readonly source: AsyncIterator<Uint8Array>;

  /** @param before bytes to read before those of the source */
  constructor(source: AsyncIterable<Uint8Array>, before: Buffer) {
    this.source = source[Symbol.asyncIterator]();
    this.rest = before;
  }

  /** Yields the bytes before `mark` as they arrive, and skips `mark`. Returns whether `mark` occurred. */
  async *until(mark: Buffer): AsyncGenerator<Buffer, boolean> {
    for (;;) {
      const at = this.rest.indexOf(mark);
      // Keep the last bytes: they may be the start of the mark.
      const end = at === -1 ? this.rest.length - mark.length + 1 : at;
      if (end > 0) yield this.rest.subarray(0, end);
      if (at !== -1) {
        this.rest = this.rest.subarray(at + mark.length);
        return true;
      }
      if (end > 0) this.rest = this.rest.subarray(end);
      if (!(await this.more())) return false;
    }
  }

  /** Returns all bytes before `mark`, and skips it; `undefined` if it does not occur within `limit` bytes. */
  async head(mark: Buffer, limit: number): Promise<Buffer | undefined> {
    const pieces: Buffer[] = [];
    const before = this.until(mark);
    for (let size = 0; ;) {
      const read = await before.next();
      if (read.done === true) return read.value ? Buffer.concat(pieces, size) : undefined;
      size += read.value.length;
      if (size > limit) return undefined;
      pieces.push(read.value);
    }
  }

  /** Returns `count` bytes, or fewer at the end. */
  async take(count: number): Promise<Buffer> {
    while (this.rest.length < count && (await this.more()));
    const taken = this.rest.subarray(0, count);
    this.rest = this.rest.subarray(taken.length);
    return taken;
  }

  /** Yields all remaining bytes as they arrive. */
  async *toEnd(): AsyncGenerator<Buffer, void> {
    do {
      if (this.rest.length > 0) yield this.rest;
      this.rest = NOTHING;
    } while (await this.more());
  }

  async close(): Promise<void> {
    await this.source.return?.();
  }

  private async more(): Promise<boolean> {
    const result = await this.source.next();
    if (result.done === true) return false;
    const { buffer, byteOffset, byteLength } = result.value;
    const chunk = Buffer.from(buffer, byteOffset, byteLength);
    this.rest = this.rest.length === 0 ? chunk : Buffer.concat([this.rest, chunk]);
    return true;
  }
}
