import { conditionally, type Context, type Evaluate, type Render } from './context';
import { expression, located } from './expression';
import { Fault, faultAt } from './fault';
import { filterExpression } from './filter-expression';
import { Loop } from './loop';
import { callBlock, macro } from './macro';
import { readName, RECURSIVE, WITH } from './names';
import { truth } from './operators';
import { str } from './print';
import { Scope } from './scope';
import { type For, type Node, type SetStatement } from './syntax';
import { assign, targetOf } from './target';
import { iterate, type Value } from './values';

/** Turns statements into a function that prints them, once for many renderings. */
export function block(nodes: readonly Node[], context: Context): Render {
  const parts = nodes.map((node) => statement(node, context));
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only;
  return (scope) => {
    let text = '';
    for (const part of parts) text += part(scope);
    return text;
  };
}

function statement(node: Node, context: Context): Render {
  switch (node.type) {
    case 'Comment':
      return () => '';
    case 'If':
      return conditionally(context, () => {
        const test = located(node.test, context);
        const [yes, no] = [block(node.body, context), block(node.alternate, context)];
        return (scope) => (truthAt(test, scope) ? yes(scope) : no(scope));
      });
    case 'For':
      return loop(node, context);
    case 'Set':
      return set(node, context);
    case 'Macro':
      return macro(node, context, block);
    case 'CallStatement':
      return callBlock(node, context, block);
    case 'FilterStatement':
      return printed(filtered(block(node.body, context), node.filter, context));
    case 'StringLiteral':
      return () => node.value;
    default:
      return printed(located(node, context), context.line);
  }
}

const truthAt = (test: Evaluate, scope: Scope): boolean => truth(test(scope));

function printed(evaluate: Evaluate, line?: number): Render {
  return (scope) => {
    const value = evaluate(scope);
    if (typeof value === 'string') return value;
    try {
      return str(value);
    } catch (error) {
      throw faultAt(error, line);
    }
  };
}

const filtered = (body: Render, filter: Parameters<typeof filterExpression>[1], context: Context): Evaluate =>
  filterExpression((scope) => body(new Scope(scope)), filter, context, expression);

function set({ assignee, value, body }: SetStatement, context: Context): Render {
  const evaluate = value === null ? capture(assignee, body, context) : located(value, context);
  const target = targetOf(innermost(assignee), context);
  const { line } = context;
  return (scope) => {
    try {
      assign(target, evaluate(scope), scope);
    } catch (error) {
      throw faultAt(error, line);
    }
    return '';
  };
}

/** `{% set x | upper %}…{% endset %}`: the filters stand on the name. */
function capture(assignee: Node, body: readonly Node[], context: Context): Evaluate {
  const render = block(body, context);
  const filters: Parameters<typeof filterExpression>[1][] = [];
  for (let node = assignee; node.type === 'FilterExpression'; node = node.operand)
    filters.unshift(node.filter);
  return filters.reduce<Evaluate>(
    (operand, filter) => filterExpression(operand, filter, context, expression),
    (scope) => render(new Scope(scope)),
  );
}

function innermost(node: Node): Node {
  return node.type === 'FilterExpression' ? innermost(node.operand) : node;
}

function loop(node: For, context: Context): Render {
  const source = node.iterable.type === 'SelectExpression' ? node.iterable.lhs : node.iterable;
  const condition = node.iterable.type === 'SelectExpression' ? node.iterable.test : undefined;
  const mark = markOf(node.loopvar);
  const items = located(source, context);
  const { line } = context;
  const target = targetOf(node.loopvar, context);
  const test = condition && located(condition, context);
  const [body, otherwise] = [block(node.body, context), block(node.defaultBlock, context)];
  if (mark === WITH) return (scope) => inScope(scope, target, items, body);

  const chosen = function* (all: Iterable<Value>, keep: Evaluate, scope: Scope): IterableIterator<Value> {
    for (const item of all) {
      const inner = new Scope(scope);
      assign(target, item, inner);
      if (truth(keep(inner))) yield item;
    }
  };
  const run = (value: Value, depth: number, scope: Scope): string => {
    const recurse = mark === RECURSIVE ? (more: Value, at: number) => run(more, at, scope) : undefined;
    const all = iterate(value);
    const turns = new Loop(test === undefined ? all : chosen(all, test, scope), depth, recurse);
    let text = '';
    let isEmpty = true;
    for (let item = turns.advance(); item !== undefined; item = turns.advance()) {
      isEmpty = false;
      const inner = new Scope(scope);
      inner.set('loop', turns);
      assign(target, item, inner);
      text += body(inner);
    }
    return isEmpty ? otherwise(new Scope(scope)) : text;
  };
  return (scope) => {
    try {
      return run(items(scope), 0, scope);
    } catch (error) {
      throw faultAt(error, line);
    }
  };
}

function inScope(scope: Scope, target: ReturnType<typeof targetOf>, values: Evaluate, body: Render): string {
  const inner = new Scope(scope);
  for (const each of iterate(values(scope))) assign(target, each, inner);
  return body(inner);
}

function markOf(loopvar: Node): string | undefined {
  if (loopvar.type === 'Identifier') return readName(loopvar.value).mark;
  if (loopvar.type !== 'TupleLiteral') throw new Fault('a loop needs a variable');
  const [first] = loopvar.value;
  return first && markOf(first);
}
