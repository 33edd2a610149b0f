import { callArguments } from './call-arguments';
import { callValue } from './call-value';
import { type Context, type Evaluate, type Render } from './context';
import { expression, located } from './expression';
import { Fault, faultAt } from './fault';
import { readName } from './names';
import { str } from './print';
import { Scope } from './scope';
import { type CallStatement, type Identifier, type Keyword, type MacroStatement, type Node } from './syntax';
import { Callable, tuple, Undefined, type Kwargs, type Value } from './values';

type CompileBlock = (nodes: readonly Node[], context: Context) => Render;

interface Parameter {
  readonly name: string;
  readonly otherwise: Evaluate | undefined;
}

/** `{% macro name(…) %}`: a function in the scope where it stands. */
export function macro({ name, args, body }: MacroStatement, context: Context, block: CompileBlock): Render {
  const known = readName(name.value).name;
  const make = functionOf(known, args, body, context, block);
  return (scope) => {
    scope.set(known, make(scope));
    return '';
  };
}

/** `{% call … %}`: calls a macro, which may render the body as `caller()`. */
export function callBlock(
  { call, callerArgs, body }: CallStatement,
  context: Context,
  block: CompileBlock,
): Render {
  const target = located(call.callee, context);
  const { line } = context;
  const { positional, named } = callArguments(call.args, context, expression);
  const make = functionOf('caller', callerArgs ?? [], body, context, block);
  return (scope) => {
    try {
      const kwargs = new Map([...named(scope), ['caller', make(scope)]]);
      return str(callValue(target(scope), positional(scope), kwargs));
    } catch (error) {
      throw faultAt(error, line);
    }
  };
}

function functionOf(
  name: string,
  args: readonly (Identifier | Keyword)[],
  body: readonly Node[],
  context: Context,
  block: CompileBlock,
): (scope: Scope) => Callable {
  const used = new Set<string>();
  const parameters = args.map((each) => parameterOf(each, context));
  context.macros.push(used);
  const render = block(body, context);
  context.macros.pop();
  return (outer) =>
    new Callable(name, (values, kwargs) => {
      const scope = new Scope(outer);
      bindParameters(name, parameters, used, values, new Map(kwargs), scope);
      return render(scope);
    });
}

function parameterOf(node: Identifier | Keyword, context: Context): Parameter {
  if (node.type === 'Identifier') return { name: readName(node.value).name, otherwise: undefined };
  return { name: readName(node.key.value).name, otherwise: expression(node.value, context) };
}

/** @param used the names that the body reads: only then it takes `varargs`, `kwargs` and `caller` */
function bindParameters(
  macroName: string,
  parameters: readonly Parameter[],
  used: ReadonlySet<string>,
  values: readonly Value[],
  kwargs: Kwargs,
  scope: Scope,
): void {
  for (const [index, { name, otherwise }] of parameters.entries()) {
    const given = values[index] ?? (values.length > index ? null : kwargs.get(name));
    if (values.length <= index) kwargs.delete(name);
    scope.set(name, given ?? (given === null ? null : absent(name, otherwise, scope)));
  }
  if (used.has('caller')) {
    scope.set('caller', kwargs.get('caller') ?? new Undefined('No caller defined'));
    kwargs.delete('caller');
  }
  if (used.has('varargs')) scope.set('varargs', tuple(...values.slice(parameters.length)));
  else if (values.length > parameters.length) {
    throw new Fault(`macro '${macroName}' takes not more than ${String(parameters.length)} argument(s)`);
  }
  const [unexpected] = kwargs.keys();
  if (used.has('kwargs')) scope.set('kwargs', new Map<Value, Value>(kwargs));
  else if (unexpected !== undefined) {
    throw new Fault(`macro '${macroName}' takes no keyword argument '${unexpected}'`);
  }
}

const absent = (name: string, otherwise: Evaluate | undefined, scope: Scope): Value =>
  otherwise === undefined ? new Undefined(`parameter '${name}' was not provided`) : otherwise(scope);
