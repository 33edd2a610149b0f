import { conditional, type Context, type Evaluate, type Render } from './context';
import { expression } from './expression';
import { filtered } from './filter-expression';
import { forLoop } from './for-loop';
import { onLine } from './on-line';
import { callBlock, macro } from './macro';
import { truth } from '../values/operators';
import { str } from '../values/print';
import { Scope } from './scope';
import {
  type FilterBlock,
  type If,
  type SetBlock,
  type Statement,
  type Target,
  type With,
} from '../syntax/ast';
import { assign, noteOwners } from './target';

/** Compiles statements into a function that returns their text. */
export function block(nodes: readonly Statement[], context: Context): Render {
  const parts = nodes.map((node) => statement(node, context));
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only;
  return (scope) => {
    let text = '';
    for (const part of parts) text += part(scope);
    return text;
  };
}

function statement(node: Statement, context: Context): Render {
  if (node.type === 'text') return () => node.text;
  return onLine(node.line, context, (inner) => rendering(node, inner));
}

function rendering(node: Exclude<Statement, { type: 'text' }>, context: Context): Render {
  switch (node.type) {
    case 'print':
      return printed(expression(node.value, context));
    case 'if':
      return choice(node, conditional(context));
    case 'for':
      return forLoop(node, context, block);
    case 'set':
      return set(node.target, expression(node.value, context), context);
    case 'set block':
      return set(node.target, captured(node, context), context);
    case 'with':
      return withValues(node, context);
    case 'macro':
      return macro(node, context, block);
    case 'call block':
      return callBlock(node, context, block);
    case 'filter block':
      return printed(captured(node, context));
  }
}

function printed(evaluate: Evaluate): Render {
  return (scope) => {
    const value = evaluate(scope);
    return typeof value === 'string' ? value : str(value);
  };
}

function choice({ test, body, otherwise }: If, context: Context): Render {
  const holds = expression(test, context);
  const [yes, no] = [block(body, context), block(otherwise, context)];
  return (scope) => (truth(holds(scope)) ? yes(scope) : no(scope));
}

function set(target: Target, evaluate: Evaluate, context: Context): Render {
  noteOwners(target, context);
  return (scope) => {
    assign(target, evaluate(scope), scope);
    return '';
  };
}

/** The text of a body, rendered in its own scope and passed through filters. */
function captured({ body, filters }: SetBlock | FilterBlock, context: Context): Evaluate {
  const render = block(body, context);
  return filters.reduce<Evaluate>(
    (operand, filter) => filtered(operand, filter, context, expression),
    (scope) => render(new Scope(scope)),
  );
}

/** The values are evaluated in the outer scope, even if they refer to each other's names. */
function withValues({ values, body }: With, context: Context): Render {
  const steps = values.map(({ target, value }) => ({ target, evaluate: expression(value, context) }));
  const render = block(body, context);
  return (scope) => {
    const inner = new Scope(scope);
    for (const { target, evaluate } of steps) assign(target, evaluate(scope), inner);
    return render(inner);
  };
}
