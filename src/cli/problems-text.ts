import { problemList, type StartupProblem } from '../errors';
import type { Style } from './terminal';

/** The problems that prevent an app's start, as text for the terminal. */
export function problemsText(problems: readonly StartupProblem[], style: Style): string {
  return `${style.bad(`${count(problems.length, 'problem')}:`)}\n${problemList(problems)}\n`;
}

export function count(number: number, noun: string): string {
  return `${String(number)} ${noun}${number === 1 ? '' : 's'}`;
}
