/** Edits of a text. Positions refer to the original text; everything else stays unchanged. */
export class Edits {
  private readonly edits: { start: number; end: number; text: string }[] = [];
  private readonly newline: string;

  constructor(private readonly original: string) {
    this.newline = original.includes('\r\n') ? '\r\n' : '\n';
  }

  replace(start: number, end: number, text: string): void {
    this.edits.push({ start, end, text: text.replaceAll('\n', this.newline) });
  }

  insert(at: number, text: string): void {
    this.replace(at, at, text);
  }

  apply(): string {
    const lastFirst = this.edits.toSorted((a, b) => b.start - a.start);
    return lastFirst.reduce(
      (text, edit) => text.slice(0, edit.start) + edit.text + text.slice(edit.end),
      this.original,
    );
  }
}
