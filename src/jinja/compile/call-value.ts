import { JinjaError } from '../jinja-error';
import { Host, typeName, Undefined, type Kwargs, type Value } from '../values/values';

export function callValue(called: Value, args: readonly Value[], kwargs: Kwargs): Value {
  if (called instanceof Undefined) return called.fail();
  if (called instanceof Host && called.call !== undefined) return called.call(args, kwargs);
  throw new JinjaError(`'${typeName(called)}' object is not callable`);
}
