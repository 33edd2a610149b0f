import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(__dirname, '../../..');
const EXPORTS = join(ROOT, 'test/agents/workflow/exports');

const UNFINISHED = [
  'const approvalRequest = (message: string) => {',
  '  // TODO: Implement',
  '  return true;',
  '};',
  '',
  '',
].join('\n');

/** The tests' exports, by their names, as Agent Builder exports them: without the two lines. */
export const EXPORTED: ReadonlyMap<string, string> = new Map([
  ...readdirSync(EXPORTS).map((file): [string, string] => [
    file.replace('.ts', ''),
    asExported(readFileSync(join(EXPORTS, file), 'utf8')),
  ]),
  ['lamps', readFileSync(join(ROOT, 'samples/from-agent-builder/export.ts'), 'utf8')],
]);

/** Takes the changes back that a workflow needs for the chat. */
function asExported(text: string): string {
  const asks = text.includes('await approvalRequest(');
  return text
    .replace('Runner as SdkRunner', 'Runner')
    .replace(/^import \{[^}]*\} from '[./]*src\/agents';\n/m, '')
    .replace(/^const Runner = chatRunner\(SdkRunner\);\n\n/m, asks ? UNFINISHED : '')
    .replaceAll('await approvalRequest(', 'approvalRequest(');
}
