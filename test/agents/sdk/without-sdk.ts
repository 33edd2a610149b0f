/*
 * A program for which `@openai/agents` is not installed: with what its chat does not start, and what works all
 * the same. Prints both, as JSON.
 */
import Module, { register } from 'node:module';
import type * as Agents from '../../../src/agents';
import type * as App from '../../../src/app';
import type * as Stores from '../../../src/stores';
import type { ThreadItem } from '../../../src/protocol';
import type * as Harness from '../../pipeline/harness';
import { message } from '../golden/stream';
import { responding } from '../support/scripts';

const loader = Module as unknown as { _resolveFilename(request: string, ...more: unknown[]): string };
const resolve = loader._resolveFilename.bind(loader);
loader._resolveFilename = (request, ...more) => {
  if (!request.startsWith('@openai/agents')) return resolve(request, ...more);
  throw Object.assign(new Error(`Cannot find module '${request}'`), { code: 'MODULE_NOT_FOUND' });
};
const hooks = `export async function resolve(name, context, next) {
  if (!name.startsWith('@openai/agents')) return next(name, context);
  throw Object.assign(new Error("Cannot find package '" + name + "'"), { code: 'ERR_MODULE_NOT_FOUND' });
}`;
register(`data:text/javascript,${encodeURIComponent(hooks)}`);

/* eslint-disable @typescript-eslint/no-require-imports -- after the lines above */
const { agentController, answerFromResponses, answerFromText, runAgent, streamAgentResponse, ...agents } =
  require('../../../src/agents') as typeof Agents;
const { createChatKit } = require('../../../src/app') as typeof App;
const { MemoryStore } = require('../../../src/stores') as typeof Stores;
const { makeContext } = require('../../pipeline/harness') as typeof Harness;

const agent = { name: 'files', instructions: '', tools: [], handoffs: [] };

function problems(): unknown {
  try {
    createChatKit({
      controllers: [agentController({ agents: [agent] })],
      store: new MemoryStore(),
      owner: 'shared',
    });
    return undefined;
  } catch (error) {
    return (error as { problems?: unknown }).problems ?? String(error);
  }
}

/** The type of the last event, or the code of the error. */
async function lastOf(events: AsyncIterable<{ type: string }>): Promise<string | undefined> {
  let last: string | undefined;
  try {
    for await (const { type } of events) last = type;
  } catch (error) {
    last = (error as { code?: string }).code ?? String(error);
  }
  return last;
}

async function* of<T>(...parts: T[]): AsyncGenerator<T> {
  yield* parts;
}

const event = {
  type: 'raw_model_stream_event',
  data: { type: 'output_text_delta', delta: 'Hello' },
} as const;
const item: ThreadItem = {
  id: 'msg_1',
  thread_id: 'thr_1',
  created_at: '2026-01-01T00:00:00.000Z',
  type: 'user_message',
  content: [{ type: 'input_text', text: 'Hello' }],
  attachments: [],
  inference_options: {},
};

async function works(): Promise<unknown> {
  const ctx = makeContext();
  return {
    text: await lastOf(answerFromText(of('Hello'), ctx)),
    responses: await lastOf(answerFromResponses(of(...responding(message(['Hello']))), ctx)),
    run: await lastOf(streamAgentResponse(new agents.AgentContext(ctx), of(event))),
    input: await agents.toAgentInput([item]),
    runAgent: await lastOf(runAgent(agent, ctx)),
  };
}

void works().then((working) => console.log(JSON.stringify({ problems: problems(), working })));
