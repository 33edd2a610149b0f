import { type Context, type Evaluate } from './context';
import { JinjaError } from '../jinja-error';
import { str } from '../values/print';
import { type Scope } from './scope';
import { type Argument, type Expression } from '../syntax/ast';
import { iterate, type Kwargs, type Value } from '../values/values';

export type Compile = (node: Expression, context: Context) => Evaluate;

const NO_ARGUMENTS: readonly Value[] = [];
const NO_KWARGS: Kwargs = new Map();

/** Compiles the arguments of a call, including `*list` and `**dict`. */
export function callArguments(
  args: readonly Argument[],
  context: Context,
  compile: Compile,
): { positional: (scope: Scope) => readonly Value[]; named: (scope: Scope) => Kwargs } {
  const adders: ((scope: Scope, args: Value[]) => void)[] = [];
  const setters: ((scope: Scope, kwargs: Kwargs) => void)[] = [];
  for (const arg of args) {
    const value = compile(arg.value, context);
    switch (arg.kind) {
      case 'positional':
        adders.push((scope, into) => into.push(value(scope)));
        break;
      case 'list':
        adders.push((scope, into) => into.push(...iterate(value(scope))));
        break;
      case 'named':
        setters.push((scope, kwargs) => give(kwargs, arg.name, value(scope)));
        break;
      case 'dict':
        setters.push((scope, kwargs) => giveAll(kwargs, value(scope)));
    }
  }
  return {
    positional: adders.length === 0 ? () => NO_ARGUMENTS : (scope) => collect(adders, scope, [] as Value[]),
    named:
      setters.length === 0 ? () => NO_KWARGS : (scope) => collect(setters, scope, new Map<string, Value>()),
  };
}

function collect<T>(steps: readonly ((scope: Scope, into: T) => void)[], scope: Scope, into: T): T {
  for (const step of steps) step(scope, into);
  return into;
}

function give(kwargs: Kwargs, name: string, value: Value): void {
  if (kwargs.has(name)) throw new JinjaError(`got multiple values for keyword argument '${name}'`);
  kwargs.set(name, value);
}

function giveAll(kwargs: Kwargs, values: Value): void {
  if (!(values instanceof Map)) throw new JinjaError('the argument after ** must be a mapping');
  for (const [name, value] of values) give(kwargs, str(name), value);
}
