import type * as TS from 'typescript';
import type { Entry } from './entry';
import { nodesIn, valueOf, type Source } from './source';

/** Where a workflow returns an object that has no text for users. */
export interface UnshownEnd {
  readonly line: number;
  readonly fields: readonly string[];
}

/** Fields that are shown by default, or come from an agent, which `show` and `widgets` handle. */
const SHOWN = ['message', 'output_text', 'output_parsed'];

/** Finds the objects that End nodes return without a text for users. */
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

/** Whether a function is the workflow itself, or the callback of its `withTrace()`. */
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

/** The fields of an object literal, or of a constant that is one; `undefined` if it has a spread. */
function fieldsOf(source: Source, returned: TS.Expression): string[] | undefined {
  const { ts } = source;
  const bare = ts.isParenthesizedExpression(returned) ? returned.expression : returned;
  const value = valueOf(source, bare);
  if (value === undefined || !ts.isObjectLiteralExpression(value)) return undefined;
  if (value.properties.some(ts.isSpreadAssignment)) return undefined;
  return value.properties.flatMap(({ name }) => (name === undefined ? [] : [name.getText()]));
}
