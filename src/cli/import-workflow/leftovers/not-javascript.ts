import type * as TS from 'typescript';
import type { Finding } from '../finding';
import { nodesIn, type Source } from '../read/source';

/**
 * Methods of the builder's expression language, and of Python, that texts, lists and objects of JavaScript
 * do not have, each with what is there instead.
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

/** Objects that do have a method of such a name: `Promise.all`. */
const OWN: ReadonlySet<string> = new Set(['Promise.all', 'Object.all']);

/** Expressions that were copied from the builder as they stood there. */
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
      message: `.${name.text}() is of the builder's expression language, and no method in JavaScript.`,
      fix: `Write ${instead}.`,
    },
  ];
}

/** Of what was imported, or made by a class, no method is known: it may well have this one. */
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

/** `x in ['a', 'b']` asks whether the list has such an index. */
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
