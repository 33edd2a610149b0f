import { JinjaError } from '../jinja-error';
import { type Kwargs, type Value } from '../values/values';

/** Arguments in the order of the parameters, given by position or name; `undefined` for those not given. */
export function bind(
  name: string,
  parameters: readonly string[],
  required: number,
  args: readonly Value[],
  kwargs: Kwargs,
): (Value | undefined)[] {
  if (args.length > parameters.length) {
    throw new JinjaError(
      `${name}() takes at most ${String(parameters.length)} arguments (${String(args.length)} given)`,
    );
  }
  const bound: (Value | undefined)[] = parameters.map((_, index) => args[index]);
  for (const [key, value] of kwargs) {
    const index = parameters.indexOf(key);
    if (index < 0) throw new JinjaError(`${name}() got an unexpected keyword argument '${key}'`);
    if (index < args.length) throw new JinjaError(`${name}() got multiple values for argument '${key}'`);
    bound[index] = value;
  }
  const missing = bound.findIndex((value, index) => index < required && value === undefined);
  if (missing >= 0) throw new JinjaError(`${name}() is missing its argument '${parameters[missing] ?? ''}'`);
  return bound;
}

/** A filter, test or method of a template, called as `(subject, args, kwargs)`. */
export type Operation = (subject: Value, args: readonly Value[], kwargs: Kwargs) => Value;

/**
 * Creates an operation with named parameters. A parameter that ends in `?` is optional, and `undefined` if
 * not given.
 */
export function operation(
  name: string,
  parameters: readonly string[],
  run: (subject: Value, ...args: readonly (Value | undefined)[]) => Value,
): Operation {
  const names = parameters.map((each) => each.replace('?', ''));
  const required = parameters.filter((each) => !each.endsWith('?')).length;
  return (subject, args, kwargs) => run(subject, ...bind(name, names, required, args, kwargs));
}
