import 'reflect-metadata';
import {
  ChatController,
  createChatKit,
  OnMessage,
  type ChatContext,
  type Store,
  type UserMessageItem,
} from 'chatkit-controllers';
import { runWorkflow, workflowController, type RunWorkflowOptions } from 'chatkit-controllers/agents';
import { orderCard } from './order-card.js';
import * as workflow from './workflow.js';

const shown: Pick<RunWorkflowOptions, 'show' | 'widgets'> = {
  // What users see of each agent: its text ('text'), only that it is working ('progress'), or 'nothing'.
  show: {
    Classify: 'progress',
    'Refund details': 'progress',
    'Refund answer': 'text',
    'Order status': 'nothing', // its widget is shown
    Answer: 'text',
  },
  widgets: {
    'Order status': orderCard,
  },
};

@ChatController()
class WorkflowResponder {
  @OnMessage()
  reply(_message: UserMessageItem | null, ctx: ChatContext) {
    return runWorkflow(workflow.runWorkflow, ctx, shown);
  }
}

/** The chat. All users share one owner: to tell them apart, set `context` and `owner`. */
export function createChat(store: Store, pageOrigins: string[] = []) {
  return createChatKit({
    controllers: [WorkflowResponder, workflowController()], // the second handles approvals
    store,
    owner: 'shared',
    cors: { origins: pageOrigins },
  });
}
