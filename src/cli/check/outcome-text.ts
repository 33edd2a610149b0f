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
          'Nothing was checked: the app lists no widgets. Add some: chatkit({ widgets: [template, exampleWidget] }).',
        ]
      : [
          style.good(
            `No problems: ${count(actions.length, 'action')} in ${count(widgets.length, 'widget')}, each with a handler.`,
          ),
        ];
  if (unused.length > 0 && widgets.length > 0) {
    lines.push(
      '',
      `${count(unused.length, 'action')} ${unused.length === 1 ? 'has a handler, but no widget sends it' : 'have handlers, but no widget sends them'}:`,
      ...unused.map(
        ({ where, pattern, kind }) => `  ${pattern}${kind === 'sync_action' ? ' (sync)' : ''}, ${where}`,
      ),
    );
  }
  if (!ok) lines.push('', style.bad('With --strict this is an error.'));
  return `${lines.join('\n')}\n`;
}
