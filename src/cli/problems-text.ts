import { problemList, type StartupProblem } from '../errors';
import type { Style } from './terminal';

/** Why an app does not start, for people to read. */
export function problemsText(problems: readonly StartupProblem[], style: Style): string {
  return `${style.bad(`${count(problems.length, 'problem')}:`)}\n${problemList(problems)}\n`;
}

export function count(number: number, noun: string): string {
  return `${String(number)} ${noun}${number === 1 ? '' : 's'}`;
}
