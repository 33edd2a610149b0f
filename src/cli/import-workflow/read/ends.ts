import type * as TS from 'typescript';
import type { Entry } from './entry';
import { nodesIn, valueOf, type Source } from './source';

/** Where a workflow returns an object that has no text for users. */
export interface UnshownEnd {
  readonly line: number;
  readonly fields: readonly string[];
}

/** What is shown of an object by itself, or comes from an agent that `show` and `widgets` are about. */
const SHOWN = ['message', 'output_text', 'output_parsed'];

/** What End nodes return as an object of their own. */
export function unshownEnds(source: Source, { node }: Entry): UnshownEnd[] {
  const { ts } = source;
  return [node, ...nodesIn(node)].flatMap((each): UnshownEnd[] => {
    const returned = ts.isReturnStatement(each)
      ? each.expression
      : ts.isArrowFunction(each) && !ts.isBlock(each.body)
        ? each.body
        : undefined;
    const around = ts.isReturnStatement(each) ? functionAround(source, each) : each;
    if (returned === undefined || around === undefined || !isWorkflow(source, around, node)) return [];
    const fields = fieldsOf(source, returned);
    if (fields === undefined || fields.length === 0) return [];
    if (fields.some((field) => SHOWN.includes(field))) return [];
    return [{ line: source.lineOf(each), fields }];
  });
}

/** The workflow itself, or what its `withTrace()` calls. */
function isWorkflow({ ts }: Source, around: TS.Node, workflow: TS.Node): boolean {
  if (around === workflow) return true;
  const { parent } = around;
  return ts.isCallExpression(parent) && parent.expression.getText().endsWith('withTrace');
}

function functionAround({ ts }: Source, node: TS.Node): TS.Node | undefined {
  let around: TS.Node | undefined = node.parent;
  while ((around as TS.Node | undefined) !== undefined && !ts.isFunctionLike(around)) around = around.parent;
  return around;
}

/** The fields of an object literal, or of the constant that is one; nothing where others may be in it. */
function fieldsOf(source: Source, returned: TS.Expression): string[] | undefined {
  const { ts } = source;
  const bare = ts.isParenthesizedExpression(returned) ? returned.expression : returned;
  const value = valueOf(source, bare);
  if (value === undefined || !ts.isObjectLiteralExpression(value)) return undefined;
  if (value.properties.some(ts.isSpreadAssignment)) return undefined;
  return value.properties.flatMap(({ name }) => (name === undefined ? [] : [name.getText()]));
}
