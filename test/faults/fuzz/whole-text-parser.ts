/** The events of the whole text of a stream, and whether it ends between two, or in a comment. */
export function framesOf(text: string): { frames: string[]; isWhole: boolean } {
  const lines = text.split(/\r\n|\r|\n/);
  const last = lines.pop() ?? '';
  const frames: string[] = [];
  let data: string[] = [];
  for (const line of lines) {
    if (line !== '') data.push(...dataOf(line));
    else {
      if (data.length > 0) frames.push(data.join('\n'));
      data = [];
    }
  }
  return { frames, isWhole: data.length === 0 && (last === '' || last.startsWith(':')) };
}

function dataOf(line: string): string[] {
  const match = /^data(?::\x20?(.*))?$/s.exec(line);
  return match === null ? [] : [match[1] ?? ''];
}
