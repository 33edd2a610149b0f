import { DeveloperError } from '../../errors';
import { currentTurn } from './current-turn';

/**
 * Asks the user, in a workflow of `runWorkflow`: `if (await approvalRequest('Refund 40 €?'))`. A widget
 * with two buttons appears, and the turn ends. When the user has answered, the workflow begins anew, and
 * what it has done before is answered from a journal: no agent runs twice. Put what your own code does
 * before it, and what must not be done twice, into {@link step}. List `workflowController()` among the
 * controllers.
 *
 * @returns whether the user accepts
 * @throws DeveloperError `not_in_a_workflow`
 */
export function approvalRequest(message: string): Promise<boolean> {
  const turn = currentTurn();
  return turn === undefined ? Promise.reject(notInAWorkflow()) : turn.approve(message);
}

/**
 * Does something once: where the workflow begins anew after an {@link approvalRequest}, it gets what came
 * of it the first time. Outside a chat it is simply done.
 *
 * @param work returns plain data, or nothing: what JSON gives back as it was, and so no `Date`
 * @throws what it throws, DeveloperError `not_for_journal`
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
    'Call it in the function that is given to runWorkflow(), and not in a tool: tools have needsApproval.',
  );
}
