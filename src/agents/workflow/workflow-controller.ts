import type { ChatContext, HandlerEvent } from '../../context';
import { notice, respond } from '../../events';
import { handlesDecisions } from '../approvals/decision';
import { acceptQuestion, declineQuestion } from './question-widget';
import { deleteWaiting, noteDecided, takeWaiting } from './waiting-workflow';

/**
 * Returns a controller for the users' answers to `approvalRequest()` in a workflow. Add it to `controllers`.
 * It runs the responder again, whose `runWorkflow()` continues where the workflow asked. A question is
 * answered once, however often and in however many processes a button is pressed.
 *
 * @example
 * createChatKit({ controllers: [SupportController, workflowController()], … });
 */
export function workflowController(): object {
  return new QuestionController();
}

class QuestionController {
  accept({ id }: { id: string }, ctx: ChatContext): AsyncGenerator<HandlerEvent, void> {
    return this.answer(id, true, ctx);
  }

  decline({ id }: { id: string }, ctx: ChatContext): AsyncGenerator<HandlerEvent, void> {
    return this.answer(id, false, ctx);
  }

  private async *answer(
    id: string,
    isAccepted: boolean,
    ctx: ChatContext,
  ): AsyncGenerator<HandlerEvent, void> {
    const waiting = ctx.action === null ? undefined : await takeWaiting(ctx, id);
    if (waiting === undefined || ctx.action === null) {
      yield notice('warning', 'This has already been decided, or has expired.');
      return;
    }
    noteDecided(ctx.action, { waiting, isAccepted });
    try {
      yield respond(`The user has ${isAccepted ? 'accepted' : 'declined'}: ${waiting.message}`);
    } finally {
      await deleteWaiting(ctx, waiting.id);
    }
  }
}

handlesDecisions(QuestionController, { accept: acceptQuestion, decline: declineQuestion });
