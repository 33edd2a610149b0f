import { callArguments } from './call-arguments';
import { callValue } from './call-value';
import { conditionally, type Context, type Evaluate } from './context';
import { Fault, faultAt } from './fault';
import { filterExpression } from './filter-expression';
import { getAttribute, getItem } from './members';
import { END_OF_TUPLE, readName } from './names';
import { arithmetic, compares, dictKey, join, negate, positive, truth } from './operators';
import { type Scope } from './scope';
import { slice } from './slices';
import { type Binary, type Call, type Member, type Node, type Select, type Slice } from './syntax';
import { float, tuple, Undefined, type Value } from './values';

const CONSTANTS: ReadonlyMap<string, Value> = new Map<string, Value>([
  ['true', true],
  ['True', true],
  ['false', false],
  ['False', false],
  ['none', null],
  ['None', null],
]);

/** Turns an expression into a function of the variables, once for many renderings. */
export function expression(node: Node, context: Context): Evaluate {
  const each = (part: Node): Evaluate => expression(part, context);
  switch (node.type) {
    case 'IntegerLiteral':
    case 'StringLiteral':
      return constant(node.value);
    case 'FloatLiteral':
      return constant(float(node.value));
    case 'Identifier':
      return variable(node.value, context);
    case 'ArrayLiteral':
      return list(node.value.map(each));
    case 'TupleLiteral':
      return tupleOf(list(node.value.filter((part) => !isEndOfTuple(part)).map(each)));
    case 'ObjectLiteral':
      return dict([...node.value].map(([key, value]) => [each(key), each(value)]));
    case 'UnaryExpression':
      return unary(node.operator.value, each(node.argument));
    case 'BinaryExpression':
      return binary(node, context);
    case 'Ternary':
      return conditionally(context, () =>
        choice(each(node.condition), each(node.trueExpr), each(node.falseExpr)),
      );
    case 'SelectExpression':
      return conditionally(context, () => choiceWithoutElse(node, context));
    case 'MemberExpression':
      return member(node, context);
    case 'CallExpression':
      return call(node, context);
    case 'FilterExpression':
      return filterExpression(each(node.operand), node.filter, context, expression);
    default:
      throw new Fault(`unexpected ${node.type}`, context.line);
  }
}

/** The same, with the line of the expression on what goes wrong in it. */
export function located(node: Node, context: Context): Evaluate {
  context.line = undefined;
  const evaluate = expression(node, context);
  const line = context.line as number | undefined;
  return (scope) => {
    try {
      return evaluate(scope);
    } catch (error) {
      throw faultAt(error, line);
    }
  };
}

const isEndOfTuple = (node: Node): boolean => node.type === 'Identifier' && node.value === END_OF_TUPLE;

const constant =
  (value: Value): Evaluate =>
  () =>
    value;

function variable(value: string, context: Context): Evaluate {
  const { name, line } = readName(value);
  context.line ??= line;
  for (const names of context.macros) names.add(name);
  const known = CONSTANTS.get(name);
  if (known !== undefined) return constant(known);
  return (scope) => {
    const found = scope.get(name);
    return found === undefined ? new Undefined(`'${name}' is undefined`) : found;
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
  (members: readonly (readonly [Evaluate, Evaluate])[]): Evaluate =>
  (scope) =>
    new Map(members.map(([key, value]) => [dictKey(key(scope)), value(scope)]));

function unary(operator: string, argument: Evaluate): Evaluate {
  if (operator === 'not') return (scope) => !truth(argument(scope));
  return operator === '-' ? (scope) => negate(argument(scope)) : (scope) => positive(argument(scope));
}

const choice =
  (test: Evaluate, yes: Evaluate, no: Evaluate): Evaluate =>
  (scope) =>
    truth(test(scope)) ? yes(scope) : no(scope);

function choiceWithoutElse({ lhs, test }: Select, context: Context): Evaluate {
  const nothing = new Undefined('the inline if-expression evaluated to false and has no else', true);
  return choice(expression(test, context), expression(lhs, context), constant(nothing));
}

const ADDITIVE = new Set(['+', '-', '~']);
const COMPARING = new Set(['==', '!=', '<', '<=', '>', '>=', 'in', 'not in']);

function binary(node: Binary, context: Context): Evaluate {
  const operator = node.operator.value;
  if (ADDITIVE.has(operator)) return additive(chainOf(node, ADDITIVE), context);
  if (COMPARING.has(operator)) return comparison(chainOf(node, COMPARING), context);
  const [left, right] = [expression(node.left, context), expression(node.right, context)];
  if (operator === 'and') return (scope) => andThen(left(scope), right, scope);
  if (operator === 'or') return (scope) => orElse(left(scope), right, scope);
  return (scope) => arithmetic(operator, left(scope), right(scope));
}

const andThen = (left: Value, right: Evaluate, scope: Scope): Value => (truth(left) ? right(scope) : left);
const orElse = (left: Value, right: Evaluate, scope: Scope): Value => (truth(left) ? left : right(scope));

interface Chain {
  readonly first: Node;
  readonly rest: readonly { readonly operator: string; readonly operand: Node }[];
}

/** `a < b < c` and `a + b ~ c`, which the parser nests to the left; brackets end a chain. */
function chainOf({ operator, left, right }: Binary, operators: ReadonlySet<string>): Chain {
  const last = { operator: operator.value, operand: right };
  const isSame =
    left.type === 'BinaryExpression' &&
    operators.has(left.operator.value) &&
    left.operator.depth === operator.depth;
  if (!isSame) return { first: left, rest: [last] };
  const { first, rest } = chainOf(left, operators);
  return { first, rest: [...rest, last] };
}

/** Each operand is evaluated once, and none after the first comparison that does not hold. */
function comparison({ first, rest }: Chain, context: Context): Evaluate {
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

/** In Jinja2 `~` binds more closely than `+` and `-`. */
function additive({ first, rest }: Chain, context: Context): Evaluate {
  let left: Evaluate | undefined;
  let sign = '';
  let term = expression(first, context);
  for (const { operator, operand } of rest) {
    const next = expression(operand, context);
    if (operator === '~') {
      term = joined(term, next);
    } else {
      left = added(left, sign, term);
      sign = operator;
      term = next;
    }
  }
  return added(left, sign, term);
}

const joined =
  (left: Evaluate, right: Evaluate): Evaluate =>
  (scope) =>
    join(left(scope), right(scope));

const added = (left: Evaluate | undefined, sign: string, right: Evaluate): Evaluate =>
  left === undefined ? right : (scope) => arithmetic(sign, left(scope), right(scope));

function member({ object, property, computed }: Member, context: Context): Evaluate {
  const owner = expression(object, context);
  if (property.type === 'SliceExpression') return sliced(owner, property, context);
  if (!computed && property.type === 'Identifier') {
    const { name } = readName(property.value);
    return (scope) => getAttribute(owner(scope), name);
  }
  const key = expression(property, context);
  return (scope) => getItem(owner(scope), key(scope));
}

function sliced(owner: Evaluate, { start, stop, step }: Slice, context: Context): Evaluate {
  const [from, to, by] = [start, stop, step].map((bound) => bound && expression(bound, context));
  return (scope) => slice(owner(scope), from?.(scope), to?.(scope), by?.(scope));
}

function call({ callee, args }: Call, context: Context): Evaluate {
  const target = expression(callee, context);
  const { positional, named } = callArguments(args, context, expression);
  return (scope) => callValue(target(scope), positional(scope), named(scope));
}
