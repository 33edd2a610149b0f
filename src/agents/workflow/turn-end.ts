import { DeveloperError } from '../../errors';
import type { AskedTool } from './question-widget';

/** What the user is asked, and where. */
export interface Question {
  readonly message: string;
  /** The call that is asked about; nothing for an `approvalRequest()`. */
  readonly tool: AskedTool | undefined;
  /** The place in the journal. */
  readonly place: string;
}

/** How the code of a workflow has ended. */
export type TurnEnd =
  | { readonly type: 'returned'; readonly value: unknown }
  | { readonly type: 'threw'; readonly error: unknown }
  /** It asks the user, or a tool of an agent does. */
  | ({ readonly type: 'waits' } & Question)
  /** It does not do what it did before. */
  | { readonly type: 'changed'; readonly reason: WorkflowChanged }
  | { readonly type: 'stopped' };

/**
 * Thrown into a workflow that asks the user: it ends its turn, and begins anew when the user has answered.
 * `finally` blocks run; whatever else it does before it ends does not count.
 */
export class WorkflowWaits extends Error {
  readonly code = 'workflow_waits';

  constructor() {
    super('The workflow waits for the user, and goes on in another turn.');
    this.name = 'WorkflowWaits';
  }
}

/** Thrown into a workflow that is played again, and does not do what it did before. */
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
    'Ask before the step, or after it: a step is done once, and not played again.',
  );
}

export function approvalNotAwaited(): DeveloperError {
  return new DeveloperError(
    'approval_not_awaited',
    'A workflow went on after approvalRequest() without the answer of the user, whom it did not ask: nothing awaits what it returns.',
    'Write `await` where it is called: if (await approvalRequest(message)).',
  );
}

export function noController(): DeveloperError {
  return new DeveloperError(
    'approval_without_controller',
    'A workflow asks the user by approvalRequest(), and no controller handles the answer.',
    'Add workflowController() to the controllers.',
  );
}

export function toolWaitsInStep(agent: string, tool: string): DeveloperError {
  return new DeveloperError(
    'tool_waits_in_step',
    `The agent "${agent}" waits for the user to approve the tool "${tool}", which cannot be asked in a step().`,
    'Run the agent outside the step: a step is done once, and not played again.',
  );
}
