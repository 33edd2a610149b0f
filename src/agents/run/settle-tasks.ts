import type { ChatContext } from '../../context';
import { settledWorkflow } from '../../protocol';
import type { CurrentWorkflow } from '../convert/current-workflow';
import { storedItem } from '../input/stored-item';

/**
 * Must be called if the client has left while tools or agents were running. Changes the stored workflows of
 * the run so that no task stays `loading`. Sends nothing: the client gets them when it next loads the thread.
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
