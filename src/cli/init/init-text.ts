import type { Style } from '../terminal';
import type { Choices } from './choices';
import { firstSteps, stepLines, type Step } from './steps';

/** The result and the next steps, as text for the terminal. */
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
