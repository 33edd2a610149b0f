import type { Style } from '../terminal';
import type { Choices } from './choices';
import { firstSteps, stepLines, type Step } from './steps';

/** What was made, and what is next, for people to read. */
export function initText(choices: Choices, style: Style): string {
  const { folder } = choices;
  const enter: Step[] = folder === '.' ? [] : [[`cd ${folder}`]];
  const lines = stepLines([...enter, ...firstSteps(choices)], style.faint);
  return [
    style.good(`The project is in ${folder === '.' ? 'this folder' : folder}.`),
    '',
    'Next:',
    ...lines.map((line) => `  ${line}`),
    '',
  ].join('\n');
}
