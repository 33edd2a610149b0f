import type { Finding } from '../finding';
import { isOfSdk } from '../read/imports';
import { nodesIn, plainText, propertyOf, type Source } from '../read/source';

/** Finds tools that are exported without their code. */
export function unfinishedTools(source: Source): Finding[] {
  const { ts } = source;
  return Array.from(nodesIn(source.file)).flatMap((node): Finding[] => {
    if (!ts.isCallExpression(node)) return [];
    const [config] = node.arguments;
    if (!isOfSdk(source, node.expression, 'tool')) return [];
    const execute = propertyOf(source, config, 'execute');
    const isCode = execute !== undefined && (ts.isArrowFunction(execute) || ts.isFunctionExpression(execute));
    if (!isCode || !ts.isBlock(execute.body) || execute.body.statements.length > 0) return [];
    const name = plainText(source, propertyOf(source, config, 'name')) ?? 'A tool';
    return [
      {
        code: 'unfinished_tool',
        line: source.lineOf(execute),
        message: `${name} does nothing yet: its code is not part of an export.`,
        fix: 'Write its `execute`.',
      },
    ];
  });
}
