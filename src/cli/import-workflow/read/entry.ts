import type * as TS from 'typescript';
import { nodesIn, plainText, symbolOf, type Source } from './source';

type Callable = TS.FunctionLikeDeclaration;

/** The function that is the workflow. */
export interface Entry {
  /** Its export name; `default` for the default export. */
  readonly exportName: string;
  readonly node: Callable;
  readonly line: number;
  /** The title of its traces. */
  readonly title: string | undefined;
  /** The position where `export ` must be inserted, if it is not exported. */
  readonly unexportedAt: number | undefined;
}

export type EntrySearch =
  | { readonly entry: Entry }
  /** The names of exported functions that could be the workflow. */
  | { readonly candidates: readonly string[] };

interface Candidate {
  readonly exportName: string;
  readonly node: Callable;
  readonly unexportedAt?: number;
}

/**
 * Finds the workflow: the function with the given name, by default `runWorkflow`, even if it is not
 * exported; else, if no name is given, the only exported function that is traced, or the only exported one.
 */
export function findEntry(source: Source, name: string | undefined): EntrySearch {
  const exported = exportedFunctions(source);
  const wanted = name ?? 'runWorkflow';
  const isDefault = (each: Candidate): boolean => each.exportName === 'default';
  const named =
    exported.find(({ exportName }) => exportName === wanted) ??
    exported.find((each) => isDefault(each) && each.node.name?.getText() === wanted) ??
    unexported(source, wanted);
  if (named !== undefined) return { entry: entryOf(source, named) };
  if (name !== undefined) return { candidates: exported.map(({ exportName }) => exportName) };
  for (const chosen of [exported.filter(({ node }) => traceIn(source, node)), exported]) {
    const [only, ...others] = chosen;
    if (only !== undefined && others.length === 0) return { entry: entryOf(source, only) };
  }
  return { candidates: exported.map(({ exportName }) => exportName) };
}

function entryOf(source: Source, { exportName, node, unexportedAt }: Candidate): Entry {
  const title = plainText(source, traceIn(source, node)?.arguments[0]);
  return { exportName, node, line: source.lineOf(node), title, unexportedAt };
}

/** The `withTrace('title', …)` of a workflow. */
function traceIn({ ts }: Source, node: TS.Node): TS.CallExpression | undefined {
  for (const each of nodesIn(node)) {
    if (ts.isCallExpression(each) && each.expression.getText().endsWith('withTrace')) return each;
  }
  return undefined;
}

function exportedFunctions(source: Source): Candidate[] {
  const { ts, file, checker } = source;
  const symbol = checker.getSymbolAtLocation(file);
  const exports = symbol === undefined ? [] : checker.getExportsOfModule(symbol);
  return exports.flatMap((each) => {
    const isAlias = (each.flags & ts.SymbolFlags.Alias) !== 0;
    const target = isAlias ? checker.getAliasedSymbol(each) : each;
    const node = functionOf(source, target.declarations?.[0]);
    return node === undefined ? [] : [{ exportName: each.name, node }];
  });
}

function unexported(source: Source, name: string): Candidate | undefined {
  const { ts, file } = source;
  for (const statement of file.statements) {
    const declared = ts.isVariableStatement(statement)
      ? statement.declarationList.declarations.find((each) => each.name.getText() === name)
      : ts.isFunctionDeclaration(statement) && statement.name?.text === name
        ? statement
        : undefined;
    const node = functionOf(source, declared);
    if (node !== undefined) return { exportName: name, node, unexportedAt: statement.getStart() };
  }
  return undefined;
}

/** The function that a declaration or expression is, or that it holds. */
function functionOf(source: Source, node: TS.Node | undefined): Callable | undefined {
  const { ts } = source;
  if (node === undefined) return undefined;
  if (ts.isFunctionDeclaration(node) || ts.isArrowFunction(node) || ts.isFunctionExpression(node))
    return node;
  if (ts.isVariableDeclaration(node)) return functionOf(source, node.initializer);
  if (ts.isExportAssignment(node)) return functionOf(source, node.expression);
  if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node) || ts.isSatisfiesExpression(node)) {
    return functionOf(source, node.expression);
  }
  if (ts.isIdentifier(node)) return functionOf(source, symbolOf(source, node)?.valueDeclaration);
  return undefined;
}
