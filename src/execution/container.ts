import type { RunContext } from '../context';
import { DeveloperError } from '../errors';
import type { Class, Container, InjectableClass } from '../metadata';
import { isPromise } from '../store';

type Child = Container & { dispose?(): void | Promise<void> };

const children = new WeakMap<RunContext, Child>();

/**
 * Gets an instance of a class for this run, from the app's container or from the child container of the
 * run. Only a container function gets `ctx` as second argument: containers' own methods use theirs for
 * something else (options in inversify and Nest, "is optional" in tsyringe).
 *
 * @throws DeveloperError `nothing_from_container`, and any error of the container
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
  // `get` is tested first: typedi's container is a class, so it is a function too.
  if ('get' in source) return source.get(type);
  return 'resolve' in source ? source.resolve(type) : source(type, ctx);
}

/** Returns the run's child container, and creates it on first use. */
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

/** A container may return something other than its types promise. */
function assertMade<T extends object>(made: T, type: Class<T>): T {
  const value: unknown = made;
  if (typeof value === 'object' && value !== null) return made;
  throw new DeveloperError(
    'nothing_from_container',
    `The container returned ${value === null ? 'null' : typeof value} for ${type.name}.`,
    'Register the class with the container, or make `container` a function that returns an instance of it.',
  );
}

/**
 * Disposes of the run's child container, if one was made. Called when the run has ended. A failure is
 * logged and never rejects, since no caller is left to handle it.
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
