import { type Operation } from '../library/bind';
import { callArguments, type Compile } from './call-arguments';
import { type Context, type Evaluate } from './context';
import { FILTERS } from '../library/filters';
import { JinjaError } from '../jinja-error';
import { truth } from '../values/operators';
import { str } from '../values/print';
import { type FilterCall } from '../syntax/ast';
import { TESTS } from '../library/tests';

/** `operand | filter(…)` */
export function filtered(
  operand: Evaluate,
  filter: FilterCall,
  context: Context,
  compile: Compile,
): Evaluate {
  const apply = FILTERS.get(filter.name) ?? unknown('filter', filter, context);
  const { positional, named } = callArguments(filter.args, context, compile);
  return (scope) => apply(operand(scope), positional(scope), named(scope));
}

/** `operand is [not] test(…)` */
export function tested(
  operand: Evaluate,
  test: FilterCall & { readonly isNegated: boolean },
  context: Context,
  compile: Compile,
): Evaluate {
  const apply = TESTS.get(test.name) ?? ABOUT_NAMES.get(test.name) ?? unknown('test', test, context);
  const { positional, named } = callArguments(test.args, context, compile);
  if (test.isNegated) return (scope) => !truth(apply(operand(scope), positional(scope), named(scope)));
  return (scope) => apply(operand(scope), positional(scope), named(scope));
}

/** Filters of Jinja2 that are not supported. */
const LEFT_OUT = new Set(['pprint', 'random', 'urlize', 'wordwrap', 'xmlattr']);

function unknown(kind: 'filter' | 'test', { name, line }: FilterCall, { isConditional }: Context): Operation {
  const isLeftOut = kind === 'filter' && LEFT_OUT.has(name);
  const message = isLeftOut
    ? `The filter '${name}' of Jinja2 is left out here.`
    : `No ${kind} named '${name}'.`;
  const error = new JinjaError(message, line);
  if (!isConditional) throw error;
  return () => {
    throw error;
  };
}

/** Tests for the existence of filters and tests. */
const ABOUT_NAMES: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  ['filter', (value) => FILTERS.has(str(value))],
  ['test', (value) => TESTS.has(str(value)) || ABOUT_NAMES.has(str(value))],
]);
