import type * as TS from 'typescript';
import { isOfSdk } from './imports';
import { nodesIn, plainText, propertyOf, valueOf, type Source } from './source';

/** An agent of an export, as far as its code shows. */
export interface FoundAgent {
  /** Its `name`; `undefined` if it is made at run time. */
  readonly name: string | undefined;
  /** The constant that holds it. */
  readonly variable: string | undefined;
  readonly line: number;
  /** Whether its output has a schema, so that it is not a text for users. */
  readonly isStructured: boolean;
  /** The fields of that output, if they are written in the code. */
  readonly fields: readonly string[];
  /** Whether its whole output is one enum value. */
  readonly isClassifier: boolean;
}

export function agentsIn(source: Source): FoundAgent[] {
  return Array.from(nodesIn(source.file)).flatMap((node) => {
    const config = configOf(source, node);
    return config === undefined ? [] : [agentOf(source, node, config)];
  });
}

/** The argument of `new Agent({ … })` and `Agent.create({ … })`. */
function configOf(source: Source, node: TS.Node): TS.Node | undefined {
  const { ts } = source;
  const isNew = ts.isNewExpression(node) && isOfSdk(source, node.expression, 'Agent');
  const isCreated =
    ts.isCallExpression(node) &&
    ts.isPropertyAccessExpression(node.expression) &&
    node.expression.name.text === 'create' &&
    isOfSdk(source, node.expression.expression, 'Agent');
  if (!isNew && !isCreated) return undefined;
  return valueOf(source, node.arguments?.[0]) ?? node;
}

function agentOf(source: Source, node: TS.Node, config: TS.Node): FoundAgent {
  const { ts } = source;
  const { parent } = node;
  const isHeld = ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name);
  const output = propertyOf(source, config, 'outputType');
  const isStructured = output !== undefined && plainText(source, output) !== 'text';
  const fields = isStructured ? fieldsOf(source, output) : [];
  return {
    name: plainText(source, valueOf(source, propertyOf(source, config, 'name'))),
    variable: isHeld ? parent.name.getText() : undefined,
    line: source.lineOf(node),
    isStructured,
    fields: fields.map(({ name }) => name),
    isClassifier: fields.length === 1 && fields[0]?.isChoice === true,
  };
}

/** The fields of `z.object({ … })`. */
function fieldsOf(source: Source, output: TS.Node): { name: string; isChoice: boolean }[] {
  const { ts } = source;
  const schema = valueOf(source, output);
  if (schema === undefined || !ts.isCallExpression(schema)) return [];
  const [shape] = schema.arguments;
  if (shape === undefined || !ts.isObjectLiteralExpression(shape)) return [];
  return shape.properties.flatMap((property) => {
    if (!ts.isPropertyAssignment(property)) return [];
    const name = plainText(source, property.name) ?? property.name.getText();
    return [{ name, isChoice: /^z\s*\.\s*(enum|nativeEnum)\b/.test(property.initializer.getText()) }];
  });
}
