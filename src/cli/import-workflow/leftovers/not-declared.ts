import type * as TS from 'typescript';
import type { Finding } from '../finding';
import { nodesIn, symbolOf, type Source } from '../read/source';

/** Known names that are not properties of `globalThis`, or exist in CommonJS modules only. */
const KNOWN: ReadonlySet<string> = new Set([
  'undefined',
  'arguments',
  'require',
  'module',
  'exports',
  '__dirname',
]);

/** Finds names that are used as values, but declared neither by the module nor by the platform. */
export function notDeclared(source: Source): Finding[] {
  const seen = new Set<string>();
  return Array.from(nodesIn(source.file)).flatMap((node) => {
    const { ts } = source;
    if (!ts.isIdentifier(node) || !isRead(source, node) || symbolOf(source, node) !== undefined) return [];
    const { text } = node;
    if (seen.has(text) || KNOWN.has(text) || text in globalThis) return [];
    seen.add(text);
    return [
      {
        code: 'not_declared',
        line: source.lineOf(node),
        message: `${text} is used here, but not declared.`,
        fix: 'It may be part of the builder’s expression language, or a variable of a deleted node: replace it.',
      },
    ];
  });
}

/** Whether an identifier is read as a value, rather than naming a property, label, type or declaration. */
function isRead({ ts }: Source, name: TS.Identifier): boolean {
  const { parent } = name;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === name;
  if (ts.isShorthandPropertyAssignment(parent)) return true;
  if (ts.isPropertyAssignment(parent) || ts.isVariableDeclaration(parent) || ts.isParameter(parent)) {
    return parent.initializer === name;
  }
  return (
    ts.isCallExpression(parent) ||
    ts.isBinaryExpression(parent) ||
    ts.isPrefixUnaryExpression(parent) ||
    ts.isSpreadElement(parent) ||
    ts.isTemplateSpan(parent) ||
    ts.isConditionalExpression(parent) ||
    ts.isElementAccessExpression(parent) ||
    ts.isReturnStatement(parent) ||
    ts.isAwaitExpression(parent) ||
    ts.isIfStatement(parent) ||
    ts.isWhileStatement(parent) ||
    ts.isArrayLiteralExpression(parent) ||
    ts.isParenthesizedExpression(parent) ||
    ts.isNewExpression(parent)
  );
}
