/** A position in the source that moves forward and counts lines. */
export class Cursor {
  line = 1;
  readonly #source: string;
  #at = 0;
  #nextLine: number;

  constructor(source: string) {
    this.#source = source;
    this.#nextLine = source.indexOf('\n');
  }

  get isAtEnd(): boolean {
    return this.#at === this.#source.length;
  }

  /** Returns the match of a sticky pattern at this position, and moves behind it. */
  take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#source)?.[0];
    if (match !== undefined) this.#moveTo(this.#at + match.length);
    return match;
  }

  /** Returns the text before the next match of a global pattern, or the rest, and moves to its end. */
  takeTo(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const start = this.#at;
    this.#moveTo(pattern.exec(this.#source)?.index ?? this.#source.length);
    return this.#source.slice(start, this.#at);
  }

  #moveTo(end: number): void {
    while (this.#nextLine >= 0 && this.#nextLine < end) {
      this.line += 1;
      this.#nextLine = this.#source.indexOf('\n', this.#nextLine + 1);
    }
    this.#at = end;
  }
}
