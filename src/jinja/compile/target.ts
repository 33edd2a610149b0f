import { type Context } from './context';
import { JinjaError } from '../jinja-error';
import { type Scope } from './scope';
import { type Target } from '../syntax/ast';
import { iterate, Namespace, type Value } from '../values/values';

/** Records that a macro reads the namespaces whose attributes it sets. */
export function noteOwners(target: Target, context: Context): void {
  if (target.type === 'targets') for (const each of target.targets) noteOwners(each, context);
  else if (target.type === 'attribute') for (const names of context.macros) names.add(target.owner);
}

export function assign(target: Target, value: Value, scope: Scope): void {
  if (target.type === 'name') {
    scope.set(target.name, value);
  } else if (target.type === 'attribute') {
    const owner = scope.get(target.owner);
    if (owner === undefined) throw new JinjaError(`'${target.owner}' is undefined`);
    if (!(owner instanceof Namespace))
      throw new JinjaError('cannot assign attribute on non-namespace object');
    owner.values.set(target.name, value);
  } else {
    const values = [...iterate(value)];
    const wanted = target.targets.length;
    if (values.length !== wanted) {
      const many = values.length > wanted ? 'too many' : 'not enough';
      throw new JinjaError(
        `${many} values to unpack (expected ${String(wanted)}, got ${String(values.length)})`,
      );
    }
    target.targets.forEach((each, index) => {
      assign(each, values[index] as Value, scope);
    });
  }
}
