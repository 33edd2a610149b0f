import type { ChatContext } from '../../context';
import { currentTurn } from './current-turn';
import { keepState, keyFor, loadState, type StateDefinition } from './kept-state';

/** Variables of a workflow that outlive a turn: one record for each thread, with a type. */
export interface WorkflowState<S extends object> {
  /**
   * In a workflow: the state of the thread, to be changed in place. What has changed is kept when the
   * workflow returns; not where it throws, is stopped, or is played again later. In a script or a test,
   * which have no thread, the state that a thread begins with.
   */
  use(): Promise<S>;
  /** Elsewhere, as in an action or a tool: the state as it was kept last. */
  load(ctx: ChatContext): Promise<S>;
  /**
   * Changes it elsewhere. The function may be called again where another change was faster: it gets the
   * state as that has left it.
   *
   * @throws DeveloperError `state_not_kept`, `state_not_plain`
   */
  update(ctx: ChatContext, change: (state: S) => void): Promise<S>;
  /** Forgets it: the thread begins anew. */
  clear(ctx: ChatContext): Promise<void>;
}

/**
 * State that outlives a turn, in place of an export's `const state = { … }`, which begins anew with each
 * message. It is kept by its fields: what an action changes while the workflow runs survives, unless the
 * workflow has changed the same field.
 *
 * @param name of this record among those of a thread
 * @param initial what a thread begins with: an object of plain data. Other data, as a `Date`, is refused
 * (`state_not_plain`) where the state is used or kept.
 *
 * @example
 * const shopState = workflowState('shop', () => ({ attempts: 0 }));
 *
 * export const runWorkflow = async (workflow: WorkflowInput) => {
 *   const state = await shopState.use();
 *   state.attempts += 1;
 */
export function workflowState<S extends object>(name: string, initial: () => S): WorkflowState<S> {
  const definition: StateDefinition<S> = { name, initial };
  return {
    async use() {
      const turn = currentTurn();
      return turn === undefined ? initial() : turn.state(definition);
    },
    load: (ctx) => loadState(ctx, definition),
    update: (ctx, change) =>
      keepState(ctx, definition, (state) => {
        change(state);
        return state;
      }),
    clear: (ctx) => ctx.store.deleteValue(keyFor(ctx, name)),
  };
}
