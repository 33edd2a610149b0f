import { type Operation } from './bind';
import { callArguments, type Compile } from './call-arguments';
import { type Context, type Evaluate } from './context';
import { Fault } from './fault';
import { FILTERS } from './filters';
import { IS, IS_NOT, readName } from './names';
import { truth } from './operators';
import { str } from './print';
import { type Call, type Identifier } from './syntax';
import { TESTS } from './tests';

/** `operand | filter(…)`, and `operand is [not] test`, which is read as a filter. */
export function filterExpression(
  operand: Evaluate,
  node: Identifier | Call,
  context: Context,
  compile: Compile,
): Evaluate {
  const callee = node.type === 'CallExpression' ? node.callee : node;
  if (callee.type !== 'Identifier') throw new Fault('a filter has a name', context.line);
  const { name, line } = readName(callee.value);
  context.line ??= line;
  const { positional, named } = callArguments(
    node.type === 'CallExpression' ? node.args : [],
    context,
    compile,
  );
  const isTest = name.startsWith(IS);
  const isNegated = name.startsWith(IS_NOT);
  const plain = name.slice(isNegated ? IS_NOT.length : isTest ? IS.length : 0);
  const apply = find(isTest ? 'test' : 'filter', plain, line, context.isConditional);
  if (isNegated) return (scope) => !truth(apply(operand(scope), positional(scope), named(scope)));
  return (scope) => apply(operand(scope), positional(scope), named(scope));
}

function find(
  kind: 'filter' | 'test',
  name: string,
  line: number | undefined,
  isConditional: boolean,
): Operation {
  const found = kind === 'filter' ? FILTERS.get(name) : (TESTS.get(name) ?? ABOUT_NAMES.get(name));
  if (found !== undefined) return found;
  const fault = new Fault(`No ${kind} named '${name}'.`, line);
  if (!isConditional) throw fault;
  return () => {
    throw fault;
  };
}

/** The tests that ask what filters and tests there are. */
const ABOUT_NAMES: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  ['filter', (value) => FILTERS.has(str(value))],
  ['test', (value) => TESTS.has(str(value)) || ABOUT_NAMES.has(str(value))],
]);
