import { JinjaError } from '../jinja-error';
import { type Token } from './token';

const CLOSES: Readonly<Record<string, string>> = { '{{': '}}', '{%': '%}', '(': ')', '[': ']', '{': '}' };
const isClose = (value: string): boolean => value === ')' || value === ']' || value === '}';

/** The open brackets at a position in a tag, including the tag itself. */
export class OpenBrackets {
  readonly #open: { readonly value: string; readonly line: number }[];
  #last = '';

  constructor(tag: '{{' | '{%', line: number) {
    this.#open = [{ value: tag, line }];
  }

  /** Whether only the tag is open. */
  get areClosed(): boolean {
    return this.#open.length === 1;
  }

  /** @throws JinjaError when a bracket closes one that is not open */
  note({ type, value, line }: Token): void {
    if (type === 'operator' && value in CLOSES) this.#open.push({ value, line });
    if (type === 'operator' && isClose(value)) {
      if (CLOSES[this.#open.at(-1)?.value ?? ''] !== value) throw this.unclosed(`"${value}"`, line);
      this.#open.pop();
    }
    this.#last = value;
  }

  /** @param found The token in place of the closing bracket. */
  unclosed(found: string, line: number): JinjaError {
    const { value, line: opened } = this.#open.at(-1) ?? { value: '', line };
    const where = opened === line ? '' : ` of line ${String(opened)}`;
    const fix =
      value === '{{' && found === '"}"' && this.#last === '}'
        ? '; the "}" before it closed a "{": write "} }}"'
        : '';
    return new JinjaError(
      `unexpected ${found}: "${value}"${where} is closed by "${CLOSES[value] ?? ''}"${fix}`,
      line,
    );
  }
}
