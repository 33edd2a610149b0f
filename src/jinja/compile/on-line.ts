import { type Context } from './context';
import { errorAt } from '../jinja-error';
import { type Scope } from './scope';

/**
 * Compiles a node so that its errors get its line. Nothing is added if the enclosing node has the same line.
 */
export function onLine<T>(
  line: number,
  context: Context,
  compile: (context: Context) => (scope: Scope) => T,
): (scope: Scope) => T {
  if (line === context.line) return compile(context);
  const run = compile({ ...context, line });
  return (scope) => {
    try {
      return run(scope);
    } catch (error) {
      throw errorAt(error, line);
    }
  };
}
