import { JinjaError } from '../jinja-error';

const ESCAPE = /\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|([0-7]{1,3})|([^]))/g;
const PLAIN: Readonly<Record<string, string>> = {
  '\n': '',
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};
/** Escapes whose required digits do not follow. Names, as in `\N{DASH}`, are not supported. */
const INCOMPLETE: ReadonlySet<string> = new Set(['x', 'u', 'U', 'N']);

/** The value of a quoted text, with Python's escapes. A backslash before any other character stays. */
export function unescape(text: string, line: number): string {
  if (!text.includes('\\')) return text;
  return text.replace(ESCAPE, (whole, ...groups: (string | undefined)[]) => {
    const [x, u, long, octal, other = ''] = groups;
    const code = octal === undefined ? parseInt(x ?? u ?? long ?? '', 16) : parseInt(octal, 8);
    if (code <= 0x10ffff) return String.fromCodePoint(code);
    if (long !== undefined) throw new JinjaError(`the escape "${whole}" means no character`, line);
    if (INCOMPLETE.has(other)) {
      throw new JinjaError(`the escape "${whole}" is not complete: write "\\\\" for a backslash`, line);
    }
    return PLAIN[other] ?? whole;
  });
}
