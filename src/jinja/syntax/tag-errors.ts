import { JinjaError } from '../jinja-error';

interface Opened {
  readonly name: string;
  readonly line: number;
}

const WITH_BODY: readonly string[] = ['for', 'if', 'set', 'with', 'macro', 'call', 'filter'];

/** The Jinja syntax for tags from other languages. */
const FIXES: Readonly<Record<string, string>> = {
  elseif: 'write "elif"',
  elsif: 'write "elif"',
  end: 'a tag is closed by its own name, as in "endif"',
  endraw: 'no "raw" is open',
  do: 'write {% set _ = … %}',
  let: 'write "set"',
  break: 'choose what is looped over: {% for a in b if c %}',
  continue: 'choose what is looped over: {% for a in b if c %}',
  autoescape: 'nothing is escaped by itself: use the filter "e" or "tojson"',
  ...Object.fromEntries(
    ['block', 'extends', 'from', 'import', 'include'].map((name) => [
      name,
      'a template stands alone: use a macro',
    ]),
  ),
};

export const endFor = (name: string): string => `end${name}`;

const endsOf = ({ name }: Opened): string => `"{% ${endFor(name)} %}"`;

/** @param found The token in place of the closing tag. */
export function unclosed(opened: Opened, found: string, line: number): JinjaError {
  const where = opened.line === line ? '' : ` of line ${String(opened.line)}`;
  return new JinjaError(`unexpected ${found}: "${opened.name}"${where} is closed by ${endsOf(opened)}`, line);
}

/** The error for an unexpected tag: the end of another tag, or an unknown tag. */
export function unknownTag(name: string, opened: Opened | undefined, line: number): JinjaError {
  const isEnd = WITH_BODY.some((each) => endFor(each) === name) || name === 'else' || name === 'elif';
  if (isEnd && opened !== undefined) return unclosed(opened, `tag "${name}"`, line);
  if (isEnd) return new JinjaError(`unexpected tag "${name}": no tag is open that it belongs to`, line);
  const fix = Object.hasOwn(FIXES, name) ? `: ${FIXES[name] ?? ''}` : '';
  return new JinjaError(`unknown tag "${name}"${fix}`, line);
}
