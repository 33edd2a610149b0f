import { brand } from './brand';
import { readMore } from './read-more';

/** One mistake in the application's setup, found at startup. */
export interface StartupProblem {
  /** Stable, for programs to compare. */
  code: string;
  /** Class and method, such as `ItemController.select`, or the widget; empty for a problem in the options. */
  where: string;
  message: string;
  /** What to change; may contain code to paste. */
  fix: string;
  /** For a problem in a widget: the template's name, or `widgets[2]`. */
  widget?: string;
  /** For a problem in an action: its first path in the widget, such as `children.0.onClickAction`. */
  path?: string;
  /** For a problem in an action: its name. */
  action?: string;
}

/** Formats problems as a numbered list, each with its place and fix. */
export function problemList(problems: readonly StartupProblem[]): string {
  return problems
    .map(({ where, message, fix }, index) => {
      const text = `${where === '' ? '' : `${where}: `}${message}\n${fix.trimEnd()}`;
      const number = `  ${String(index + 1)}. `;
      return number + text.replace(/\n(?!\n|$)/g, `\n${' '.repeat(number.length)}`);
    })
    .join('\n');
}

/** All problems in an application's setup, in one error. Thrown at startup. */
export class StartupError extends Error {
  static {
    brand(this, 'StartupError');
  }

  readonly code = 'startup_failed';
  /** Not enumerable: the message contains all problems, and a console would print them twice. */
  declare readonly problems: readonly StartupProblem[];

  constructor(problems: readonly StartupProblem[]) {
    const message = `The chat cannot start, ${String(problems.length)} problem(s):\n${problemList(problems)}`;
    const [first = 'startup_failed', ...others] = new Set(problems.map(({ code }) => code));
    super(readMore(message, first, ...others));
    this.name = 'StartupError';
    Object.defineProperty(this, 'problems', { value: problems });
  }
}
