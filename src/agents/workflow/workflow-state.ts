import type { ChatContext } from '../../context';
import { currentTurn } from './current-turn';
import { keepState, keyFor, loadState, type StateDefinition } from './kept-state';

/** Variables of a workflow that outlive a turn: one typed record for each thread. */
export interface WorkflowState<S extends object> {
  /**
   * Returns the state of the thread, for a workflow to change in place. Changes are stored when the workflow
   * returns; not if it throws, is stopped, or ends the turn with a question. In a script or a test, without a
   * thread, returns the initial state.
   */
  use(): Promise<S>;
  /** Returns the stored state, outside the workflow's code: for example in an action or a tool. */
  load(ctx: ChatContext): Promise<S>;
  /**
   * Changes the stored state, outside the workflow's code. If another request changes it at the same time,
   * the function is called again with the new state.
   *
   * @throws DeveloperError `state_not_kept`, `state_not_plain`
   */
  update(ctx: ChatContext, change: (state: S) => void): Promise<S>;
  /** Deletes the state: the thread starts again with the initial one. */
  clear(ctx: ChatContext): Promise<void>;
}

/**
 * Defines state that outlives a turn, instead of the exported `const state = { … }`, which starts again with
 * each message. It is stored field by field: what an action changes while the workflow runs is kept, unless
 * the workflow changes the same field.
 *
 * @param name the name of this record, unique in a thread
 * @param initial returns the initial state: an object of plain data. Other data, such as a `Date`, is refused
 * (`state_not_plain`) when the state is used or stored.
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
