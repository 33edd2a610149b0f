import { OpenAIChatCompletionsModel, OpenAIResponsesModel, type Model } from '@openai/agents';
import OpenAI from 'openai';
import type { ThreadStreamEvent } from '../../../src/protocol';
import type { OpenAiServer } from './openai-server';
import type { ChatContext } from '../../../src/context';
import { ChatController, OnMessage } from '../../../src/decorators';
import { runAgent, type AgentLike, type RunAgentOptions } from '../../../src/agents';
import { serveChat, type TestChat, type TestChatOptions } from '../../support/chat';

/** Serves a chat whose responder is an agent. */
export function serveAgent(
  agent: AgentLike,
  options: RunAgentOptions = {},
  chat: Partial<TestChatOptions> = {},
): Promise<TestChat> {
  @ChatController()
  class AgentController {
    @OnMessage()
    reply(_message: unknown, ctx: ChatContext) {
      return runAgent(agent, ctx, options);
    }
  }
  return serveChat({ controllers: [new AgentController()], ...chat });
}

/** The model of an agent that asks a server of the tests by the Responses API. */
export function responsesModel(server: OpenAiServer, maxRetries = 0): Model {
  return new OpenAIResponsesModel(server.client(OpenAI, maxRetries), 'gpt-test');
}

/** The same by Chat Completions. */
export function chatModel(server: OpenAiServer, maxRetries = 0): Model {
  return new OpenAIChatCompletionsModel(server.client(OpenAI, maxRetries), 'llama');
}

/** What is seen of a stream: the types of its events, with their texts and the types of their items. */
export function outline(events: readonly ThreadStreamEvent[]): string[] {
  return events.flatMap((event) => {
    if ('item' in event) return [`${event.type.replace('thread.item.', '')} ${event.item.type}`];
    if (event.type === 'thread.item.updated' && 'delta' in event.update) return [`“${event.update.delta}”`];
    if (event.type === 'thread.item.updated' && 'task' in event.update) {
      return [`${event.update.type} ${String(event.update.task.title)}`];
    }
    if (event.type === 'thread.item.updated' || event.type === 'stream_options') return [];
    if (event.type === 'thread.created') return [];
    return [event.type === 'error' ? `error ${event.code}` : event.type];
  });
}
