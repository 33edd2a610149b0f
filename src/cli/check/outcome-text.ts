import { count, problemsText } from '../problems-text';
import { PLAIN, type Style } from '../terminal';
import type { Outcome } from './outcome';

/** The outcome as text for the terminal. */
export function outcomeText(outcome: Outcome, style: Style = PLAIN): string {
  const { ok, widgets, actions, problems, unused } = outcome;
  if (problems.length > 0) return problemsText(problems, style);
  const lines =
    widgets.length === 0
      ? [
          'Nothing was checked: the app lists no widgets. Give it some: chatkit({ widgets: [template, exampleWidget] }).',
        ]
      : [
          style.good(
            `All is well: ${count(actions.length, 'action')} in ${count(widgets.length, 'widget')}, each with its handler.`,
          ),
        ];
  if (unused.length > 0 && widgets.length > 0) {
    lines.push(
      '',
      `No widget sends ${count(unused.length, 'action')} that there ${unused.length === 1 ? 'is a handler' : 'are handlers'} for:`,
      ...unused.map(
        ({ where, pattern, kind }) => `  ${pattern}${kind === 'sync_action' ? ' (sync)' : ''}, ${where}`,
      ),
    );
  }
  if (!ok) lines.push('', style.bad('With --strict this is an error.'));
  return `${lines.join('\n')}\n`;
}
