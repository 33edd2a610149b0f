const LINE_END = /[\r\n]/g;

/**
 * Parses the text of an event stream, in chunks of any size, into the data of its events. It follows
 * the HTML standard: lines end with LF, CR or CRLF; several `data` lines are joined into one event;
 * comments and other fields are ignored.
 *
 * @example
 * const parser = new SseParser();
 * parser.push('data: {"type":"no'); // []
 * parser.push('tice"}\n\n'); // ['{"type":"notice"}']
 */
export class SseParser {
  private line = '';
  private data: string[] = [];
  /** Whether the last chunk ended with CR: an LF at the start of the next one belongs to it. */
  private afterReturn = false;

  /** Takes the next chunk of text, and returns the data of the events that it completes. */
  push(text: string): string[] {
    const complete: string[] = [];
    let start = 0;
    if (text !== '') {
      if (this.afterReturn && text.startsWith('\n')) start = 1;
      this.afterReturn = text.endsWith('\r');
    }
    // Only the new text is searched, so that a long line in many chunks takes linear time.
    LINE_END.lastIndex = start;
    for (let found = LINE_END.exec(text); found !== null; found = LINE_END.exec(text)) {
      this.endLine(this.line + text.slice(start, found.index), complete);
      this.line = '';
      start = found.index + 1;
      if (found[0] === '\r' && text[start] === '\n') start += 1;
      LINE_END.lastIndex = start;
    }
    this.line += text.slice(start);
    return complete;
  }

  /** The text of the incomplete event; empty between events and in comments. */
  get rest(): string {
    const line = this.line.startsWith(':') ? '' : this.line;
    return [...this.data.map((value) => `data: ${value}`), line].filter((part) => part !== '').join('\n');
  }

  private endLine(line: string, complete: string[]): void {
    if (line === '') {
      if (this.data.length > 0) complete.push(this.data.join('\n'));
      this.data = [];
    } else if (line === 'data') this.data.push('');
    else if (line.startsWith('data:')) this.data.push(line.slice(line[5] === ' ' ? 6 : 5));
  }
}
