import { callArguments } from './call-arguments';
import { callValue } from './call-value';
import { conditional, type Context, type Evaluate } from './context';
import { filtered, tested } from './filter-expression';
import { onLine } from './on-line';
import { getAttribute, getItem } from '../library/members';
import { arithmetic, compares, dictKey, join, negate, positive, truth } from '../values/operators';
import { type Scope } from './scope';
import { slice } from '../values/slices';
import {
  type Attribute,
  type Binary,
  type Call,
  type Comparison,
  type Conditional,
  type Expression,
  type Name,
  type Slice,
  type UnaryOperator,
} from '../syntax/ast';
import { float, tuple, Undefined, type Value } from '../values/values';

/** Compiles an expression into a function of the variables. */
export function expression(node: Expression, context: Context): Evaluate {
  return onLine(node.line, context, (inner) => evaluation(node, inner));
}

function evaluation(node: Expression, context: Context): Evaluate {
  const each = (part: Expression): Evaluate => expression(part, context);
  switch (node.type) {
    case 'integer':
    case 'constant':
      return constant(node.value);
    case 'float':
      return constant(float(node.value));
    case 'name':
      return variable(node, context);
    case 'list':
      return list(node.items.map(each));
    case 'tuple':
      return tupleOf(list(node.items.map(each)));
    case 'dict':
      return dict(node.entries.map(([key, value]) => [each(key), each(value)]));
    case 'unary':
      return unary(node.operator, each(node.operand));
    case 'binary':
      return binary(node, each(node.left), each(node.right));
    case 'comparison':
      return comparison(node, context);
    case 'conditional':
      return choice(node, conditional(context));
    case 'attribute':
      return attribute(each(node.object), node);
    case 'item':
      return item(each(node.object), each(node.key), node.line);
    case 'slice':
      return sliced(node, context);
    case 'call':
      return call(node, context);
    case 'filter':
      return filtered(each(node.operand), node, context, expression);
    case 'test':
      return tested(each(node.operand), node, context, expression);
  }
}

const constant =
  (value: Value): Evaluate =>
  () =>
    value;

function variable({ name, line }: Name, context: Context): Evaluate {
  for (const names of context.macros) names.add(name);
  return (scope) => {
    const found = scope.get(name);
    return found === undefined ? new Undefined(`'${name}' is undefined`).at(line) : found;
  };
}

const list =
  (items: readonly Evaluate[]) =>
  (scope: Scope): Value[] =>
    items.map((item) => item(scope));

const tupleOf =
  (items: (scope: Scope) => Value[]): Evaluate =>
  (scope) =>
    tuple(...items(scope));

const dict =
  (entries: readonly (readonly [Evaluate, Evaluate])[]): Evaluate =>
  (scope) =>
    new Map(entries.map(([key, value]) => [dictKey(key(scope)), value(scope)]));

function unary(operator: UnaryOperator, operand: Evaluate): Evaluate {
  if (operator === 'not') return (scope) => !truth(operand(scope));
  return operator === '-' ? (scope) => negate(operand(scope)) : (scope) => positive(operand(scope));
}

function binary({ operator }: Binary, left: Evaluate, right: Evaluate): Evaluate {
  switch (operator) {
    case 'and':
      return (scope) => andThen(left(scope), right, scope);
    case 'or':
      return (scope) => orElse(left(scope), right, scope);
    case '~':
      return (scope) => join(left(scope), right(scope));
    default:
      return (scope) => arithmetic(operator, left(scope), right(scope));
  }
}

const andThen = (left: Value, right: Evaluate, scope: Scope): Value => (truth(left) ? right(scope) : left);
const orElse = (left: Value, right: Evaluate, scope: Scope): Value => (truth(left) ? left : right(scope));

/** Each operand is evaluated once. Evaluation stops after the first comparison that is false. */
function comparison({ first, rest }: Comparison, context: Context): Evaluate {
  const start = expression(first, context);
  const steps = rest.map(({ operator, operand }) => ({ operator, evaluate: expression(operand, context) }));
  return (scope) => {
    let left = start(scope);
    for (const { operator, evaluate } of steps) {
      const right = evaluate(scope);
      if (!compares(operator, left, right)) return false;
      left = right;
    }
    return true;
  };
}

function choice({ test, yes, no, line }: Conditional, context: Context): Evaluate {
  const holds = expression(test, context);
  const then = expression(yes, context);
  const otherwise = no === undefined ? constant(withoutElse().at(line)) : expression(no, context);
  return (scope) => (truth(holds(scope)) ? then(scope) : otherwise(scope));
}

const withoutElse = (): Undefined =>
  new Undefined('the inline if-expression evaluated to false and has no else', true);

const attribute =
  (object: Evaluate, { name, line }: Attribute): Evaluate =>
  (scope) =>
    read(getAttribute(object(scope), name), line);

const item =
  (object: Evaluate, key: Evaluate, line: number): Evaluate =>
  (scope) =>
    read(getItem(object(scope), key(scope)), line);

const read = (value: Value, line: number): Value => (value instanceof Undefined ? value.at(line) : value);

function sliced({ object, start, stop, step }: Slice, context: Context): Evaluate {
  const owner = expression(object, context);
  const [from, to, by] = [start, stop, step].map((bound) => bound && expression(bound, context));
  return (scope) => slice(owner(scope), from?.(scope), to?.(scope), by?.(scope));
}

function call({ callee, args }: Call, context: Context): Evaluate {
  const target = expression(callee, context);
  const { positional, named } = callArguments(args, context, expression);
  return (scope) => callValue(target(scope), positional(scope), named(scope));
}
