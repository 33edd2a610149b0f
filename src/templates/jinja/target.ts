import { type Context } from './context';
import { Fault } from './fault';
import { readName } from './names';
import { type Scope } from './scope';
import { type Node } from './syntax';
import { iterate, Namespace, type Value } from './values';

/** Where a `set` or a loop puts a value. */
export type Target =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'attribute'; readonly owner: string; readonly name: string }
  | { readonly kind: 'several'; readonly targets: readonly Target[] };

const RESERVED = new Set(['true', 'True', 'false', 'False', 'none', 'None']);

export function targetOf(node: Node, context: Context): Target {
  if (node.type === 'Identifier') {
    const { name, line } = readName(node.value);
    if (RESERVED.has(name)) throw new Fault(`can't assign to '${name}'`, line);
    return { kind: 'name', name };
  }
  if (node.type === 'TupleLiteral') {
    return { kind: 'several', targets: node.value.map((each) => targetOf(each, context)) };
  }
  if (
    node.type === 'MemberExpression' &&
    node.object.type === 'Identifier' &&
    node.property.type === 'Identifier'
  ) {
    const owner = readName(node.object.value);
    for (const names of context.macros) names.add(owner.name);
    if (!node.computed)
      return { kind: 'attribute', owner: owner.name, name: readName(node.property.value).name };
  }
  throw new Fault("can't assign to this: a name or an attribute of a namespace is needed", context.line);
}

export function assign(target: Target, value: Value, scope: Scope): void {
  if (target.kind === 'name') {
    scope.set(target.name, value);
  } else if (target.kind === 'attribute') {
    const owner = scope.get(target.owner);
    if (owner === undefined) throw new Fault(`'${target.owner}' is undefined`);
    if (!(owner instanceof Namespace)) throw new Fault('cannot assign attribute on non-namespace object');
    owner.values.set(target.name, value);
  } else {
    const values = [...iterate(value)];
    const wanted = target.targets.length;
    if (values.length !== wanted) {
      const many = values.length > wanted ? 'too many' : 'not enough';
      throw new Fault(`${many} values to unpack (expected ${String(wanted)}, got ${String(values.length)})`);
    }
    target.targets.forEach((each, index) => {
      assign(each, values[index] as Value, scope);
    });
  }
}
