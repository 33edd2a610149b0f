import { type Context, type Evaluate } from './context';
import { Fault } from './fault';
import { readName } from './names';
import { str } from './print';
import { type Scope } from './scope';
import { type Node } from './syntax';
import { iterate, type Kwargs, type Value } from './values';

export type Compile = (node: Node, context: Context) => Evaluate;

const NO_ARGUMENTS: readonly Value[] = [];
const NO_KWARGS: Kwargs = new Map();

/** The arguments of a call, `*list` and `**dict` among them. */
export function callArguments(
  nodes: readonly Node[],
  context: Context,
  compile: Compile,
): { positional: (scope: Scope) => readonly Value[]; named: (scope: Scope) => Kwargs } {
  const adders: ((scope: Scope, args: Value[]) => void)[] = [];
  const setters: ((scope: Scope, kwargs: Kwargs) => void)[] = [];
  for (const node of nodes) {
    if (node.type === 'KeywordArgumentExpression') {
      const value = compile(node.value, context);
      const { name } = readName(node.key.value);
      setters.push((scope, kwargs) => give(kwargs, name, value(scope)));
    } else if (node.type === 'SpreadExpression') {
      const values = compile(node.argument, context);
      adders.push((scope, args) => args.push(...iterate(values(scope))));
    } else if (node.type === 'KeywordSpreadExpression') {
      const values = compile(node.argument, context);
      setters.push((scope, kwargs) => giveAll(kwargs, values(scope)));
    } else {
      const value = compile(node, context);
      adders.push((scope, args) => args.push(value(scope)));
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
  if (kwargs.has(name)) throw new Fault(`got multiple values for keyword argument '${name}'`);
  kwargs.set(name, value);
}

function giveAll(kwargs: Kwargs, values: Value): void {
  if (!(values instanceof Map)) throw new Fault('the argument after ** must be a mapping');
  for (const [name, value] of values) give(kwargs, str(name), value);
}
