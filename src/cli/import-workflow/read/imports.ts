import type * as TS from 'typescript';
import { symbolOf, type Source } from './source';

const SDK: ReadonlySet<string> = new Set(['@openai/agents', '@openai/agents-core']);
export const OURS = 'chatkit-controllers/agents';

/** A name that a module imports. */
export interface Imported {
  readonly from: string;
  /** Its name in the other module. */
  readonly name: string;
  /** Its name in this module. */
  readonly local: TS.Identifier;
  readonly specifier: TS.ImportSpecifier;
  /** Whether it is a type-only import. */
  readonly isType: boolean;
}

export function importsOf({ ts, file }: Source): TS.ImportDeclaration[] {
  return file.statements.filter((statement) => ts.isImportDeclaration(statement));
}

export function moduleOf({ moduleSpecifier }: TS.ImportDeclaration): string {
  return (moduleSpecifier as TS.StringLiteral).text;
}

export function importedNames(source: Source): Imported[] {
  const { ts } = source;
  return importsOf(source).flatMap((declaration) => {
    const { importClause: clause } = declaration;
    const bindings = clause?.namedBindings;
    if (clause === undefined || bindings === undefined || !ts.isNamedImports(bindings)) return [];
    const isTypeOnly = /^import\s+type\b/.test(declaration.getText());
    return bindings.elements.map((specifier) => ({
      from: moduleOf(declaration),
      name: (specifier.propertyName ?? specifier.name).text,
      local: specifier.name,
      specifier,
      isType: isTypeOnly || specifier.isTypeOnly,
    }));
  });
}

/** A name of the SDK, imported as a value. */
export function fromSdk(source: Source, name: string): Imported | undefined {
  return importedNames(source).find((each) => SDK.has(each.from) && each.name === name && !each.isType);
}

/** The `sdk` of `import * as sdk from '@openai/agents'`. */
export function sdkNamespace(source: Source): TS.Identifier | undefined {
  for (const declaration of importsOf(source)) {
    const bindings = declaration.importClause?.namedBindings;
    const isWhole = bindings !== undefined && source.ts.isNamespaceImport(bindings);
    if (isWhole && SDK.has(moduleOf(declaration))) return bindings.name;
  }
  return undefined;
}

/** Whether an expression is the SDK's export of this name: `Agent`, or `sdk.Agent`. */
export function isOfSdk(source: Source, node: TS.Expression, name: string): boolean {
  const { ts, checker } = source;
  if (ts.isIdentifier(node)) {
    const imported = fromSdk(source, name);
    return imported !== undefined && symbolOf(source, node) === checker.getSymbolAtLocation(imported.local);
  }
  if (!ts.isPropertyAccessExpression(node) || node.name.text !== name) return false;
  const whole = sdkNamespace(source);
  if (whole === undefined || !ts.isIdentifier(node.expression)) return false;
  return symbolOf(source, node.expression) === checker.getSymbolAtLocation(whole);
}
