import { DeveloperError } from '../../errors';
import type { AskedTool } from './question-widget';

/** A question to the user. */
export interface Question {
  readonly message: string;
  /** The tool call that it is about; `undefined` for an `approvalRequest()`. */
  readonly tool: AskedTool | undefined;
  /** The place in the journal. */
  readonly place: string;
}

/** How the code of a workflow ended. */
export type TurnEnd =
  | { readonly type: 'returned'; readonly value: unknown }
  | { readonly type: 'threw'; readonly error: unknown }
  /** The workflow, or a tool of an agent, asks the user. */
  | ({ readonly type: 'waits' } & Question)
  /** The replayed workflow does not do what it did before. */
  | { readonly type: 'changed'; readonly reason: WorkflowChanged }
  | { readonly type: 'stopped' };

/**
 * Thrown into a workflow that asks the user. It ends the turn; when the user has answered, the workflow runs
 * again from its start. `finally` blocks run; anything else that the workflow does before its end is ignored.
 */
export class WorkflowWaits extends Error {
  readonly code = 'workflow_waits';

  constructor() {
    super('The workflow waits for the user, and goes on in another turn.');
    this.name = 'WorkflowWaits';
  }
}

/** Thrown into a replayed workflow that does not do what it did before. */
export class WorkflowChanged extends Error {
  readonly code = 'workflow_changed';

  constructor(place: string) {
    super(`The workflow has changed since it asked the user: ${place}.`);
    this.name = 'WorkflowChanged';
  }
}

export function approvalInStep(): DeveloperError {
  return new DeveloperError(
    'approval_in_step',
    'approvalRequest() was called in a step().',
    'Ask before or after the step: a step runs once, and is not replayed.',
  );
}

export function approvalNotAwaited(): DeveloperError {
  return new DeveloperError(
    'approval_not_awaited',
    'A workflow continued after approvalRequest() without awaiting its promise, so the user was not asked.',
    'Write `await` before the call: if (await approvalRequest(message)).',
  );
}

export function noController(): DeveloperError {
  return new DeveloperError(
    'approval_without_controller',
    'A workflow asks the user with approvalRequest(), but no controller handles the answer.',
    'Add workflowController() to the controllers.',
  );
}

export function toolWaitsInStep(agent: string, tool: string): DeveloperError {
  return new DeveloperError(
    'tool_waits_in_step',
    `The agent "${agent}" needs approval for the tool "${tool}", but a step() cannot ask the user.`,
    'Run the agent outside the step: a step runs once, and is not replayed.',
  );
}
