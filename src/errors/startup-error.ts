import { brand } from './brand';
import { readMore } from './read-more';

/** One mistake in the application's set-up, found when it starts. */
export interface StartupProblem {
  /** Stable, for programs to compare. */
  code: string;
  /** The class and method, as `ItemController.select`, or the widget; empty where the options are in error. */
  where: string;
  message: string;
  /** What to change; it may hold code to paste. */
  fix: string;
  /** Of a problem in a widget: the template's name, or `widgets[2]`. */
  widget?: string;
  /** Of a problem in an action: where in the widget it is first found, as `children.0.onClickAction`. */
  path?: string;
  /** Of a problem in an action: its name. */
  action?: string;
}

/** Problems as a numbered list, each with its place and fix. */
export function problemList(problems: readonly StartupProblem[]): string {
  return problems
    .map(({ where, message, fix }, index) => {
      const text = `${where === '' ? '' : `${where}: `}${message}\n${fix.trimEnd()}`;
      const number = `  ${String(index + 1)}. `;
      return number + text.replace(/\n(?!\n|$)/g, `\n${' '.repeat(number.length)}`);
    })
    .join('\n');
}

/** Everything that is wrong with an application's set-up, in one error. */
export class StartupError extends Error {
  static {
    brand(this, 'StartupError');
  }

  readonly code = 'startup_failed';
  /** Not enumerable: the message has them all, and a console would print them twice. */
  declare readonly problems: readonly StartupProblem[];

  constructor(problems: readonly StartupProblem[]) {
    const message = `The chat cannot start, ${String(problems.length)} problem(s):\n${problemList(problems)}`;
    const [first = 'startup_failed', ...others] = new Set(problems.map(({ code }) => code));
    super(readMore(message, first, ...others));
    this.name = 'StartupError';
    Object.defineProperty(this, 'problems', { value: problems });
  }
}
