import type { RunContext } from '../context';
import type { Container } from '../metadata';

type Child = Container & { dispose?(): void | Promise<void> };

const children = new WeakMap<RunContext, Child>();

/** The container of this run: the application's own, or the one child that it gave for the run. */
export function containerOf(ctx: RunContext, container: Container): Container {
  if (container.child === undefined) return container;
  const { root } = ctx;
  let child = children.get(root);
  if (child === undefined) {
    child = container.child(root);
    children.set(root, child);
  }
  return child;
}

/**
 * Disposes of the run's child container, if one was made. To be called when the run has ended; never
 * rejects, since nobody is left who could do something about it: a failure is logged.
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
