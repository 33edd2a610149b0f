import { PLAIN, type Style } from '../terminal';
import type { Finding } from './finding';
import type { ImportedAgent, ImportOutcome } from './outcome';
import { sentence } from './project';

/** The outcome as text for the terminal. */
export function importOutcomeText(outcome: ImportOutcome, style: Style = PLAIN): string {
  if (!outcome.ok) return told([style.bad('Nothing was written:'), ...items(outcome.problems)]);
  const { out, workflow, agents, changes, findings } = outcome;
  return told([
    style.good(`“${workflow.title}” is in ${out}.`),
    '',
    'Changed in the export (lines are those of the file that you gave):',
    ...(changes.length === 0
      ? ['  nothing: it had been changed before']
      : changes.map(({ line, what }) => `  line ${String(line)}: ${what}`)),
    '',
    'Shown in the chat (src/chat.ts):',
    ...agents.map(shown),
    '',
    findings.length === 0 ? 'No problems were found.' : 'Left for you:',
    ...items(findings),
    '',
    'Next:',
    ...(findings.length === 0 ? [] : ['  (first fix the points in src/workflow that cannot run)']),
    `  cd ${out}`,
    '  npm install',
    '  npm test',
    '  cp .env.example .env    # with your OPENAI_API_KEY; without one a script answers',
    '  npm start',
  ]);
}

function shown({ name = '(a name made at run time)', line, shown: as, fields }: ImportedAgent): string {
  const output = fields.length === 0 ? '' : ` (${fields.join(', ')})`;
  return `  ${name}: ${as}${output}, line ${String(line)}`;
}

function items(findings: readonly Finding[]): string[] {
  return findings.map((finding) => `  ${sentence(finding)}`);
}

function told(lines: readonly string[]): string {
  return `${lines.join('\n')}\n`;
}
