import type * as TS from 'typescript';
import type { Entry } from './entry';
import { nodesIn, symbolOf, type Source } from './source';

/** The parameter of a workflow. */
export type WorkflowParameter =
  /** No parameter, or the one of Agent Builder, which this package passes by default. */
  | { readonly kind: 'default' }
  | { readonly kind: 'text' }
  | { readonly kind: 'fields'; readonly fields: readonly InputField[]; readonly line: number };

export interface InputField {
  readonly name: string;
  /** The code of a sample value of its type. */
  readonly sample: string;
  readonly isMessage: boolean;
}

const MESSAGE = 'input_as_text';

export function parameterOf(source: Source, { node }: Entry): WorkflowParameter {
  const { ts } = source;
  const [parameter] = node.parameters;
  if (parameter === undefined) return { kind: 'default' };
  const { type } = parameter;
  if (type?.kind === ts.SyntaxKind.StringKeyword) return { kind: 'text' };
  const members = type === undefined ? undefined : membersOf(source, type);
  const fields =
    members?.flatMap((each) => fieldOf(source, each)) ??
    (type === undefined ? namesUsed(source, parameter, node) : []);
  if (type === undefined && fields.length === 0) return { kind: 'text' };
  const isDefault = fields.every(({ name }) => name === MESSAGE);
  if (isDefault) return { kind: 'default' };
  const text = fields.find(({ name }) => name === MESSAGE) ?? fields.find(({ sample }) => sample === "''");
  return {
    kind: 'fields',
    line: source.lineOf(type ?? parameter),
    fields: fields.map((field) => ({ ...field, isMessage: field.name === text?.name })),
  };
}

/** The members of an object type, inline or declared in this module. */
function membersOf(source: Source, type: TS.TypeNode): readonly TS.TypeElement[] | undefined {
  const { ts } = source;
  if (ts.isTypeLiteralNode(type)) return type.members;
  if (!ts.isTypeReferenceNode(type) || !ts.isIdentifier(type.typeName)) return undefined;
  const declared = symbolOf(source, type.typeName)?.declarations?.[0];
  if (declared === undefined) return undefined;
  if (ts.isInterfaceDeclaration(declared)) return declared.members;
  return ts.isTypeAliasDeclaration(declared) ? membersOf(source, declared.type) : undefined;
}

function fieldOf({ ts }: Source, member: TS.TypeElement): InputField[] {
  if (!ts.isPropertySignature(member) || member.questionToken !== undefined) return [];
  return [{ name: member.name.getText(), sample: sampleOf(ts, member.type), isMessage: false }];
}

/** For a parameter without a type: the properties that are destructured or read. */
function namesUsed(source: Source, parameter: TS.ParameterDeclaration, node: TS.Node): InputField[] {
  const { ts } = source;
  const { name: bound } = parameter;
  const names = new Set<string>();
  if (ts.isObjectBindingPattern(bound)) {
    for (const { propertyName, name } of bound.elements) names.add((propertyName ?? name).getText());
  } else {
    const symbol = source.checker.getSymbolAtLocation(bound);
    for (const each of nodesIn(node)) {
      if (!ts.isPropertyAccessExpression(each) || !ts.isIdentifier(each.expression)) continue;
      if (symbolOf(source, each.expression) === symbol) names.add(each.name.text);
    }
  }
  return [...names].map((name) => ({
    name,
    sample: name === MESSAGE ? "''" : 'undefined',
    isMessage: false,
  }));
}

/** The code of a sample value of a type. */
function sampleOf(ts: Source['ts'], type: TS.TypeNode | undefined): string {
  const { SyntaxKind } = ts;
  if (type === undefined) return 'undefined';
  if (ts.isUnionTypeNode(type)) return sampleOf(ts, type.types[0]);
  if (ts.isLiteralTypeNode(type)) {
    return type.literal.kind === SyntaxKind.NullKeyword ? 'null' : `${type.getText()} as const`;
  }
  if (ts.isArrayTypeNode(type)) return '[]';
  if (ts.isTypeLiteralNode(type)) {
    const members = type.members.filter((each) => ts.isPropertySignature(each) && !each.questionToken);
    return `{ ${members.map((each) => memberSample(ts, each as TS.PropertySignature)).join(', ')} }`;
  }
  switch (type.kind) {
    case SyntaxKind.StringKeyword:
      return "''";
    case SyntaxKind.NumberKeyword:
      return '0';
    case SyntaxKind.BooleanKeyword:
      return 'false';
    case SyntaxKind.AnyKeyword:
    case SyntaxKind.UnknownKeyword:
    case SyntaxKind.UndefinedKeyword:
      return 'undefined';
    default:
      return 'undefined as never';
  }
}

function memberSample(ts: Source['ts'], { name, type }: TS.PropertySignature): string {
  return `${name.getText()}: ${sampleOf(ts, type)}`;
}
