import { type Context, type Evaluate, type Render } from './context';
import { expression } from './expression';
import { Loop } from './loop';
import { truth } from '../values/operators';
import { Scope } from './scope';
import { type For, type Statement } from '../syntax/ast';
import { assign } from './target';
import { iterate, type Value } from '../values/values';

/** `{% for … %}` */
export function forLoop(
  { target, items, condition, isRecursive, body, otherwise }: For,
  context: Context,
  block: (nodes: readonly Statement[], context: Context) => Render,
): Render {
  const source = expression(items, context);
  const keep = condition && expression(condition, context);
  const [turn, instead] = [block(body, context), block(otherwise, context)];

  const chosen = function* (all: Iterable<Value>, holds: Evaluate, scope: Scope): IterableIterator<Value> {
    for (const item of all) {
      const inner = new Scope(scope);
      assign(target, item, inner);
      if (truth(holds(inner))) yield item;
    }
  };
  const run = (value: Value, depth: number, scope: Scope): string => {
    const recurse = isRecursive ? (more: Value, at: number) => run(more, at, scope) : undefined;
    const all = iterate(value);
    const turns = new Loop(keep === undefined ? all : chosen(all, keep, scope), depth, recurse);
    let text = '';
    let isEmpty = true;
    for (let item = turns.advance(); item !== undefined; item = turns.advance()) {
      isEmpty = false;
      const inner = new Scope(scope);
      inner.set('loop', turns);
      assign(target, item, inner);
      text += turn(inner);
    }
    return isEmpty ? instead(new Scope(scope)) : text;
  };
  return (scope) => run(source(scope), 0, scope);
}
