/** Reads bytes up to marks in them, from a source in chunks of any size. */
export class ByteReader {
  private rest: Buffer;
  private readonly source: AsyncIterator<Uint8Array>;

  /** @param before bytes to read before those of the source */
  constructor(source: AsyncIterable<Uint8Array>, before: Buffer) {
    this.source = source[Symbol.asyncIterator]();
    this.rest = before;
  }

  /** The bytes before `mark`, as they come; the mark itself is read over. `false` at last if it never comes. */
  async *until(mark: Buffer): AsyncGenerator<Buffer, boolean> {
    for (;;) {
      const at = this.rest.indexOf(mark);
      // What may be the mark's beginning stays.
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

  /** All before `mark`, which is read over; `undefined` when it does not come within `limit` bytes. */
  async head(mark: Buffer, limit: number): Promise<Buffer | undefined> {
    for (;;) {
      const at = this.rest.indexOf(mark);
      if (at > limit || (at === -1 && this.rest.length > limit + mark.length)) return undefined;
      if (at !== -1) {
        const head = this.rest.subarray(0, at);
        this.rest = this.rest.subarray(at + mark.length);
        return head;
      }
      if (!(await this.more())) return undefined;
    }
  }

  /** So many bytes; fewer at the end. */
  async take(count: number): Promise<Buffer> {
    while (this.rest.length < count && (await this.more()));
    const taken = this.rest.subarray(0, count);
    this.rest = this.rest.subarray(taken.length);
    return taken;
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
