import { DeveloperError } from '../../errors';
import { currentTurn } from './current-turn';

/**
 * Asks the user, in a workflow of `runWorkflow`: `if (await approvalRequest('Refund 40 €?'))`. The client
 * gets a widget with two buttons, and the turn ends. When the user has answered, the workflow runs again from
 * its start. It gets the results of earlier runs and steps from a journal, so no agent runs twice. Wrap your
 * own code that must not run twice in {@link step}. Add `workflowController()` to the controllers.
 *
 * @returns whether the user accepts
 * @throws DeveloperError `not_in_a_workflow`
 */
export function approvalRequest(message: string): Promise<boolean> {
  const turn = currentTurn();
  return turn === undefined ? Promise.reject(notInAWorkflow()) : turn.approve(message);
}

/**
 * Runs `work` once: if the workflow runs again after an {@link approvalRequest}, `step` returns the result of
 * the first time. Outside a chat it just runs `work`.
 *
 * @param work returns plain data that JSON can represent (so no `Date`), or nothing
 * @throws errors of `work`; DeveloperError `not_for_journal`
 *
 * @example
 * const ticket = await step('create ticket', () => tickets.create(text));
 */
export function step<R>(name: string, work: () => R | PromiseLike<R>): Promise<R> {
  const turn = currentTurn();
  return turn === undefined ? Promise.resolve().then(work) : turn.step(name, work);
}

function notInAWorkflow(): DeveloperError {
  return new DeveloperError(
    'not_in_a_workflow',
    'approvalRequest() was called outside a workflow that runWorkflow() runs.',
    'Call it in the function that you pass to runWorkflow(), not in a tool: tools have needsApproval.',
  );
}
