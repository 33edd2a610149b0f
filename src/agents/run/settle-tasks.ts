import type { ChatContext } from '../../context';
import { settledWorkflow } from '../../protocol';
import type { CurrentWorkflow } from '../convert/current-workflow';
import { storedItem } from '../input/stored-item';

/**
 * The client has left while tools or agents were at work: of the workflows that the run has sent, as far as
 * they are stored already, no task stays loading. Nothing is sent to the client, which sees it when it loads
 * the thread again.
 */
export async function settleTasks(ctx: ChatContext, workflow: CurrentWorkflow): Promise<void> {
  try {
    for (const item of workflow.sent) {
      const stored = await storedItem(ctx, item.id);
      if (stored?.type !== 'workflow' || settledWorkflow(stored) === undefined) continue;
      await ctx.store.saveItem(settledWorkflow(item) ?? item);
    }
  } catch (error) {
    ctx.log.warn({ err: error }, 'the tasks of a workflow that was stopped could not be settled');
  }
}
