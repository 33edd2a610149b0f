import type { RunContext } from '../context';
import { DeveloperError } from '../errors';
import type { Class, Container, InjectableClass } from '../metadata';
import { isPromise } from '../store';

type Child = Container & { dispose?(): void | Promise<void> };

const children = new WeakMap<RunContext, Child>();

/**
 * An object of a class for this run, from the application's container or from the one child that it gave
 * for the run. A second argument is for functions alone: that of a container's own method is something
 * else (options in inversify and Nest, "is optional" in tsyringe).
 *
 * @throws DeveloperError `nothing_from_container`, and whatever the container throws
 */
export function fromContainer<T extends object>(
  container: Container,
  type: Class<T>,
  ctx: RunContext,
): T | Promise<T> {
  const source = 'child' in container ? childOf(ctx, container) : container;
  const made = ask(source, type as unknown as InjectableClass<T>, ctx);
  return isPromise(made)
    ? Promise.resolve(made).then((object) => assertMade(object, type))
    : assertMade(made, type);
}

function ask<T extends object>(source: Container, type: InjectableClass<T>, ctx: RunContext): T | Promise<T> {
  // typedi's container is a class, hence a function too.
  if ('get' in source) return source.get(type);
  return 'resolve' in source ? source.resolve(type) : source(type, ctx);
}

/** The one child of this run. */
function childOf(ctx: RunContext, container: Container & { child?(ctx: RunContext): Child }): Container {
  if (container.child === undefined) return container;
  const { root } = ctx;
  let child = children.get(root);
  if (child === undefined) {
    child = container.child(root);
    children.set(root, child);
    root.hasContainer = true;
  }
  return child;
}

/** Containers may break their word. */
function assertMade<T extends object>(made: T, type: Class<T>): T {
  const value: unknown = made;
  if (typeof value === 'object' && value !== null) return made;
  throw new DeveloperError(
    'nothing_from_container',
    `The container gave ${value === null ? 'null' : typeof value} for ${type.name}.`,
    'Register the class with the container, or let `container` be a function that returns an object of it.',
  );
}

/**
 * Disposes of the run's child container, if one was made. To be called when the run has ended; never
 * rejects, since no caller is left to handle it: a failure is logged.
 */
export async function disposeContainer(ctx: RunContext): Promise<void> {
  const { root } = ctx;
  const child = children.get(root);
  if (child === undefined) return;
  children.delete(root);
  try {
    await child.dispose?.();
  } catch (error) {
    root.log.error({ err: error }, 'The container of a run could not be disposed of.');
  }
}
