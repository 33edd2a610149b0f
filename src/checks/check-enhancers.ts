import type { StartupProblem } from '../errors';
import { isEnhancerClass, type EnhancerMethod } from '../execution';
import type { HandlerDefinition } from '../metadata';
import type { RoutingOptions } from '../routing';

const LISTS = [
  { list: 'guards', method: 'canActivate' },
  { list: 'interceptors', method: 'intercept' },
  { list: 'filters', method: 'catch' },
] as const satisfies readonly { list: keyof RoutingOptions; method: EnhancerMethod }[];

function isEnhancer(value: unknown, method: EnhancerMethod): boolean {
  if (typeof value === 'function') return true;
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof (value as Record<string, unknown>)[method] === 'function'
  );
}

/** The app's own lists are options, so no decorator has checked them yet. */
function optionProblems(options: RoutingOptions): StartupProblem[] {
  return LISTS.flatMap(({ list, method }) =>
    (options[list] ?? []).flatMap((value: unknown, index) =>
      isEnhancer(value, method)
        ? []
        : {
            code: `invalid_${list.slice(0, -1)}`,
            where: '',
            message: `${list}[${String(index)}] is ${value === null ? 'null' : typeof value}, which is not valid in ${list}.`,
            fix: `Pass a function, a class or an object with ${method}().`,
          },
    ),
  );
}

/**
 * Finds problems with guards, interceptors and filters. A class is reported once, however often it is used.
 */
export function enhancerProblems(
  definitions: readonly HandlerDefinition[],
  options: RoutingOptions,
): StartupProblem[] {
  const problems = optionProblems(options);
  if (options.container !== undefined) return problems;
  const seen = new Set<unknown>();
  const check = (where: string, value: unknown, method: EnhancerMethod): void => {
    if (seen.has(value) || !isEnhancerClass(value, method)) return;
    seen.add(value);
    if (value.length === 0) return;
    problems.push({
      code: 'enhancer_needs_container',
      where,
      message: `the constructor of ${value.name} takes ${String(value.length)} argument(s), but nothing provides them.`,
      fix: `Use an instance (new ${value.name}(…)) or pass a container ({ container }).`,
    });
  };
  for (const { list, method } of LISTS) {
    for (const value of options[list] ?? []) check('', value, method);
    for (const definition of definitions) {
      for (const value of definition[list]) check(definition.where, value, method);
    }
  }
  return problems;
}
