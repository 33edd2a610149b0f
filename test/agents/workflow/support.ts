import { OpenAIProvider, setDefaultModelProvider } from '@openai/agents';
import OpenAI from 'openai';
import {
  runWorkflow,
  workflowController,
  type RunWorkflowOptions,
  type Workflow,
  type WorkflowInput,
} from '../../../src/agents';
import type { ChatContext } from '../../../src/context';
import { ChatController, OnMessage } from '../../../src/decorators';
import type { ThreadStreamEvent, UserMessageItem, WidgetItem } from '../../../src/protocol';
import { serveChat, type TestChat, type TestChatOptions } from '../../support/chat';
import * as wire from '../../support/requests';
import { message, type Step } from '../golden/stream';
import { OpenAiServer, type Script } from '../support/openai-server';
import { responding } from '../support/scripts';
import type { ApiEvent } from '../golden/stream';

/** The server that agents with a model's name ask: `model: 'gpt-5'`, as they are exported. */
export async function startModels(): Promise<OpenAiServer> {
  const server = await OpenAiServer.start();
  setDefaultModelProvider(new OpenAIProvider({ openAIClient: server.client(OpenAI) }));
  return server;
}

/** A whole answer of a text, or of structured output. */
export function saying(output: string | object, ...more: Step[][]): ApiEvent[] {
  return responding(
    ...more,
    message([typeof output === 'string' ? output : JSON.stringify(output)], { index: more.length }),
  );
}

/** An answer that begins and does not end. */
export function hanging(text: string): Script {
  return { events: responding(message([text])).slice(0, -2), end: 'never' };
}

/** Serves a chat whose responder is a workflow. */
export function serveWorkflow<I = WorkflowInput, R = unknown>(
  workflow: Workflow<I, R>,
  options: RunWorkflowOptions<I, R> = {},
  chat: Partial<TestChatOptions> = {},
): Promise<TestChat> {
  @ChatController()
  class WorkflowChat {
    @OnMessage()
    reply(_message: UserMessageItem | null, ctx: ChatContext) {
      return runWorkflow(workflow, ctx, options);
    }
  }
  return serveChat({ controllers: [new WorkflowChat(), workflowController()], ...chat });
}

export function widgetsIn(events: readonly ThreadStreamEvent[]): WidgetItem[] {
  return events.flatMap((event) => ('item' in event && event.item.type === 'widget' ? [event.item] : []));
}

/** Presses a button of a question. */
export async function press(
  chat: TestChat,
  threadId: string,
  item: WidgetItem,
  button: 'confirm' | 'cancel',
): Promise<ThreadStreamEvent[]> {
  const { action } = item.widget[button] as { action: { type: string; payload: object } };
  return (await chat.post(wire.act(threadId, item.id, action.type, action.payload))).events;
}

/** What each request to the model read, as text. */
export function inputs(server: OpenAiServer): string[][] {
  return server.bodies.map(({ input = [] }) => input.map((item) => textIn(item['content'])));
}

function textIn(content: unknown): string {
  if (typeof content === 'string') return content;
  return Array.isArray(content)
    ? content.map(({ text }: { text?: string }) => text ?? '[file]').join('|')
    : '';
}
