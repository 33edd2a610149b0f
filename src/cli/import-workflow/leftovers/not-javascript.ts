import type * as TS from 'typescript';
import type { Finding } from '../finding';
import { nodesIn, type Source } from '../read/source';

/**
 * Methods of the builder's expression language, and of Python, that strings, arrays and objects in JavaScript
 * do not have, each with its replacement.
 */
const METHODS: ReadonlyMap<string, string> = new Map([
  ['lower', '.toLowerCase()'],
  ['upper', '.toUpperCase()'],
  ['lowerAscii', '.toLowerCase()'],
  ['upperAscii', '.toUpperCase()'],
  ['contains', '.includes(…)'],
  ['matches', '/…/.test(…)'],
  ['size', '.length'],
  ['exists', '.some(…)'],
  ['exists_one', '.filter(…).length === 1'],
  ['all', '.every(…)'],
  ['strip', '.trim()'],
  ['startswith', '.startsWith(…)'],
  ['endswith', '.endsWith(…)'],
  ['append', '.push(…)'],
  ['format', 'a template text: `… ${value} …`'],
]);

/** JavaScript methods with such a name. */
const OWN: ReadonlySet<string> = new Set(['Promise.all', 'Object.all']);

/** Finds expressions that were copied from the builder and are not JavaScript. */
export function notJavaScript(source: Source): Finding[] {
  return Array.from(nodesIn(source.file)).flatMap((node) => [
    ...methodOf(source, node),
    ...membershipIn(source, node),
  ]);
}

function methodOf(source: Source, node: TS.Node): Finding[] {
  const { ts } = source;
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return [];
  const { expression: object, name } = node.expression;
  const instead = METHODS.get(name.text);
  if (instead === undefined || OWN.has(node.expression.getText()) || isOwn(source, object)) return [];
  return [
    {
      code: 'not_javascript',
      line: source.lineOf(name),
      message: `.${name.text}() is part of the builder's expression language, not a method in JavaScript.`,
      fix: `Write ${instead}.`,
    },
  ];
}

/** Whether the object is imported, or an instance of a class: it may have a method of this name. */
function isOwn(source: Source, object: TS.Expression): boolean {
  const { ts, checker } = source;
  let root = object;
  while (ts.isPropertyAccessExpression(root) || ts.isCallExpression(root)) root = root.expression;
  if (!ts.isIdentifier(root)) return ts.isNewExpression(root);
  const declared = checker.getSymbolAtLocation(root)?.declarations?.[0];
  if (declared === undefined) return false;
  if (ts.isImportSpecifier(declared) || ts.isImportClause(declared) || ts.isNamespaceImport(declared))
    return true;
  const { initializer } = declared as { initializer?: TS.Node };
  return initializer !== undefined && ts.isNewExpression(initializer);
}

/** Finds `x in ['a', 'b']`, which checks for an index, not for a value. */
function membershipIn(source: Source, node: TS.Node): Finding[] {
  const { ts } = source;
  const isIn =
    ts.isBinaryExpression(node) &&
    node.operatorToken.kind === ts.SyntaxKind.InKeyword &&
    ts.isArrayLiteralExpression(node.right);
  if (!isIn) return [];
  return [
    {
      code: 'not_javascript',
      line: source.lineOf(node),
      message: '`in` with a list looks for an index in JavaScript, not for a value.',
      fix: 'Write [ … ].includes(value).',
    },
  ];
}
