import { setTimeout } from 'node:timers/promises';
import { messageOf, type StartupProblem } from '../errors';
import type { PlaygroundOptions } from './options';

/** How long to wait for the start to fail, in milliseconds. */
const PATIENCE = 300;

/**
 * The reasons why the chat does not start: problems of its configuration, or a store that cannot be reached.
 */
export async function startupProblems({
  chat,
  failed,
}: PlaygroundOptions): Promise<readonly Partial<StartupProblem>[]> {
  if (failed !== undefined) return problemsIn(failed);
  if (chat === undefined) return [];
  const over = new AbortController();
  try {
    await Promise.race([
      chat.app.ready(),
      setTimeout(PATIENCE, undefined, { signal: over.signal, ref: false }),
    ]);
    return [];
  } catch (error) {
    return problemsIn(error);
  } finally {
    over.abort();
  }
}

function problemsIn(error: unknown): readonly Partial<StartupProblem>[] {
  if (typeof error === 'object' && error !== null && 'problems' in error && Array.isArray(error.problems)) {
    return error.problems as StartupProblem[];
  }
  return [{ message: messageOf(error) }];
}
