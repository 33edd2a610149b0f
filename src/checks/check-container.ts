import type { StartupProblem } from '../errors';
import { isWrittenAsClass } from '../metadata';

const FIX =
  'Pass an object with `get(Class)` or `resolve(Class)`, such as the containers of typedi, tsyringe, inversify and Nest ' +
  '(ModuleRef), or a function `(Class, ctx) => instance`.';

/** Finds problems with the option `container`, which would otherwise make each request fail. */
export function containerProblems(container: unknown): StartupProblem[] {
  const message = problemOf(container);
  return message === undefined ? [] : [{ code: 'bad_container', where: '', message, fix: FIX }];
}

function problemOf(container: unknown): string | undefined {
  if (container === undefined) return undefined;
  if (isObject(container)) {
    if (isByName(container)) {
      return (
        'the `container` is an Awilix container, which resolves by name instead of by class; write ' +
        '`container: (Class) => awilix.build(Class)`.'
      );
    }
    if (hasMethod(container, 'get') || hasMethod(container, 'resolve')) return undefined;
    if (hasMethod(container, 'then')) return 'the `container` is a promise; await it.';
  }
  if (isWrittenAsClass(container)) {
    return `the \`container\` is a class, ${container.name || 'without a name'}, and not an instance of it.`;
  }
  if (typeof container === 'function') return undefined;
  return `the \`container\` is ${kindOf(container)} with neither \`get\` nor \`resolve\`.`;
}

/** Accepts objects and functions, since typedi's container is a class with static methods. */
function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

function hasMethod(value: object, name: string): boolean {
  return name in value && typeof (value as Record<string, unknown>)[name] === 'function';
}

/** Awilix has `resolve(name)`. */
function isByName(value: object): boolean {
  return 'cradle' in value && hasMethod(value, 'build');
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
