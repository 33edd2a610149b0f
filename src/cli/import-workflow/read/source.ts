import { extname } from 'node:path';
import type * as TS from 'typescript';
import type { TypeScript } from '../load-typescript';

/** A parsed export. Names are resolved within it; imported modules are not loaded. */
export interface Source {
  readonly ts: TypeScript;
  readonly file: TS.SourceFile;
  readonly checker: TS.TypeChecker;
  /** Its text, without a byte order mark. */
  readonly text: string;
  readonly isJavaScript: boolean;
  /** Syntax errors. */
  readonly errors: readonly { line: number; message: string }[];
  lineOf(node: TS.Node): number;
}

/** Parses the text of a TypeScript or JavaScript module. */
export function readSource(ts: TypeScript, name: string, given: string): Source {
  const text = given.replace(/^\uFEFF/, '');
  const isJavaScript = /^\.[mc]?js$/.test(extname(name));
  const path = isJavaScript ? '/workflow.js' : '/workflow.ts';
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true);
  const program = programOf(ts, path, file);
  const lineAt = (position: number): number => file.getLineAndCharacterOfPosition(position).line + 1;
  const told = new Map<string, { line: number; message: string }>();
  for (const { start, messageText } of program.getSyntacticDiagnostics(file)) {
    const error = { line: lineAt(start), message: ts.flattenDiagnosticMessageText(messageText, '\n') };
    told.set(`${String(error.line)} ${error.message}`, error);
  }
  const errors = [...told.values()];
  const lineOf = (node: TS.Node): number => lineAt(node.getStart(file));
  return { ts, file, checker: program.getTypeChecker(), text, isJavaScript, errors, lineOf };
}

function programOf(ts: TypeScript, path: string, file: TS.SourceFile): TS.Program {
  const host: TS.CompilerHost = {
    getSourceFile: (name) => (name === path ? file : undefined),
    fileExists: (name) => name === path,
    readFile: () => undefined,
    writeFile: () => undefined,
    getDefaultLibFileName: () => '/lib.d.ts',
    getCurrentDirectory: () => '/',
    getCanonicalFileName: (name) => name,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => '\n',
  };
  const { ESNext } = ts.ScriptTarget;
  const options = { noLib: true, noResolve: true, allowJs: true, types: [], target: ESNext };
  return ts.createProgram([path], options, host);
}

/** All descendants of a node, in source order. */
export function* nodesIn(node: TS.Node): Generator<TS.Node, void> {
  const children: TS.Node[] = [];
  node.forEachChild((child) => void children.push(child));
  for (const child of children) {
    yield child;
    yield* nodesIn(child);
  }
}

/** The symbol that an identifier refers to, also in `{ name }`. */
export function symbolOf({ ts, checker }: Source, name: TS.Identifier): TS.Symbol | undefined {
  const { parent } = name;
  return ts.isShorthandPropertyAssignment(parent)
    ? checker.getShorthandAssignmentValueSymbol(parent)
    : checker.getSymbolAtLocation(name);
}

/** All uses of the name that `declared` declares. */
export function usesOf(source: Source, declared: TS.Identifier): TS.Identifier[] {
  const symbol = source.checker.getSymbolAtLocation(declared);
  const { ts } = source;
  return Array.from(nodesIn(source.file)).filter(
    (node): node is TS.Identifier =>
      ts.isIdentifier(node) &&
      node !== declared &&
      node.text === declared.text &&
      symbolOf(source, node) === symbol,
  );
}

/** A name that the module does not use yet. */
export function freeName({ ts, file }: Source, wanted: string): string {
  const taken = new Set<string>();
  for (const node of nodesIn(file)) if (ts.isIdentifier(node)) taken.add(node.text);
  let name = wanted;
  for (let count = 2; taken.has(name); count += 1) name = `${wanted}${String(count)}`;
  return name;
}

/** The text of a string literal without substitutions. */
export function plainText({ ts }: Source, node: TS.Node | undefined): string | undefined {
  return node !== undefined && ts.isStringLiteralLike(node) ? node.text : undefined;
}

/** The name of a property in an object literal. */
export function propertyNamed(
  source: Source,
  object: TS.Node | undefined,
  name: string,
): TS.PropertyName | undefined {
  return propertyIn(source, object, name)?.name;
}

/** The value of a property of an object literal, by its name. */
export function propertyOf(
  source: Source,
  object: TS.Node | undefined,
  name: string,
): TS.Expression | undefined {
  const { ts } = source;
  const property = propertyIn(source, object, name);
  if (property === undefined) return undefined;
  if (ts.isPropertyAssignment(property)) return property.initializer;
  return ts.isShorthandPropertyAssignment(property) ? property.name : undefined;
}

function propertyIn(
  source: Source,
  object: TS.Node | undefined,
  name: string,
): TS.ObjectLiteralElementLike | undefined {
  if (object === undefined || !source.ts.isObjectLiteralExpression(object)) return undefined;
  return object.properties.find(
    (property) => (plainText(source, property.name) ?? property.name?.getText()) === name,
  );
}

/** The initializer, if the node is a variable's name; otherwise the node itself. */
export function valueOf(source: Source, node: TS.Node | undefined): TS.Node | undefined {
  if (node === undefined || !source.ts.isIdentifier(node)) return node;
  const declared = symbolOf(source, node)?.valueDeclaration;
  if (declared === undefined || !source.ts.isVariableDeclaration(declared)) return node;
  return declared.initializer ?? node;
}
