import { callArguments } from './call-arguments';
import { callValue } from './call-value';
import { NO_LINE, type Context, type Evaluate, type Render } from './context';
import { expression } from './expression';
import { JinjaError } from '../jinja-error';
import { str } from '../values/print';
import { Scope } from './scope';
import { type CallBlock, type Macro, type Parameter, type Statement } from '../syntax/ast';
import { Callable, tuple, Undefined, type Kwargs, type Value } from '../values/values';

type CompileBlock = (nodes: readonly Statement[], context: Context) => Render;

interface CompiledParameter {
  readonly name: string;
  readonly otherwise: Evaluate | undefined;
}

/** `{% macro name(…) %}`: defines a function in the current scope. */
export function macro({ name, parameters, body }: Macro, context: Context, block: CompileBlock): Render {
  const make = functionOf(name, parameters, body, context, block);
  return (scope) => {
    scope.set(name, make(scope));
    return '';
  };
}

/** `{% call … %}`: calls a macro, which may render the body as `caller()`. */
export function callBlock(
  { call, parameters, body }: CallBlock,
  context: Context,
  block: CompileBlock,
): Render {
  const target = expression(call.callee, context);
  const { positional, named } = callArguments(call.args, context, expression);
  const make = functionOf('caller', parameters, body, context, block);
  return (scope) => {
    const kwargs = new Map([...named(scope), ['caller', make(scope)]]);
    return str(callValue(target(scope), positional(scope), kwargs));
  };
}

function functionOf(
  name: string,
  parameters: readonly Parameter[],
  body: readonly Statement[],
  outside: Context,
  block: CompileBlock,
): (scope: Scope) => Callable {
  const used = new Set<string>();
  const context: Context = { ...outside, line: NO_LINE }; // it may be called from any line
  const compiled = parameters.map((each) => ({
    name: each.name,
    otherwise: each.otherwise && expression(each.otherwise, context),
  }));
  const render = block(body, { ...context, macros: [...context.macros, used] });
  return (outer) =>
    new Callable(name, (values, kwargs) => {
      const scope = new Scope(outer);
      bindParameters(name, compiled, used, values, new Map(kwargs), scope);
      return render(scope);
    });
}

/**
 * @param used The names that the body reads. It gets `varargs`, `kwargs` and `caller` only if it reads them.
 */
function bindParameters(
  macroName: string,
  parameters: readonly CompiledParameter[],
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
    throw new JinjaError(`macro '${macroName}' takes not more than ${String(parameters.length)} argument(s)`);
  }
  const [unexpected] = kwargs.keys();
  if (used.has('kwargs')) scope.set('kwargs', new Map<Value, Value>(kwargs));
  else if (unexpected !== undefined) {
    throw new JinjaError(`macro '${macroName}' takes no keyword argument '${unexpected}'`);
  }
}

const absent = (name: string, otherwise: Evaluate | undefined, scope: Scope): Value =>
  otherwise === undefined ? new Undefined(`parameter '${name}' was not provided`) : otherwise(scope);
