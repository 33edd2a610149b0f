/*
 * A program of ES modules: its agents, and the default client that it sets, are of the SDK's ES modules,
 * while this package is CommonJS. Prints what it was answered, as JSON.
 */
import { createRequire } from 'node:module';
import { Agent, Runner, setDefaultOpenAIClient, setTracingDisabled, tool } from '@openai/agents';
import OpenAI from 'openai';
import { z } from 'zod';
import type { UserMessageItem } from '../../../src/protocol/index.js';

const require = createRequire(import.meta.url);
const { agentContext, agentController, runAgent } =
  require('../../../src/agents') as typeof import('../../../src/agents/index.js');
const { makeContext } = require('../../pipeline/harness') as typeof import('../../pipeline/harness.js');
const { userSays } = require('../support/items') as typeof import('../support/items.js');

setTracingDisabled(true);
setDefaultOpenAIClient(new OpenAI({ baseURL: process.argv[2]!, apiKey: 'of this program', maxRetries: 0 }));

const show = tool({
  name: 'show',
  description: 'Shows a widget.',
  parameters: z.object({}),
  async execute(_, run) {
    await agentContext(run).streamWidget({ type: 'Card', children: [] });
    return 'shown';
  },
});
const never = {
  name: 'never',
  execute: async () => ({ tripwireTriggered: true, outputInfo: {} }),
};

const remove = tool({
  name: 'remove',
  description: 'Removes.',
  parameters: z.object({}),
  needsApproval: true,
  execute: () => 'removed',
});

const greeted = () => Object.assign(makeContext(), { message: userSays('Hello') as UserMessageItem });

const typesOf = (agent: Agent<never>, options = {}): Promise<string[]> =>
  typesIn(runAgent(agent, greeted(), options));

async function typesIn(events: AsyncIterable<{ type: string }>): Promise<string[]> {
  const types: string[] = [];
  try {
    for await (const event of events) types.push(event.type);
  } catch (error) {
    types.push((error as { code?: string }).code ?? (error as Error).name);
  }
  return types;
}

/** What follows on the user's decision. */
async function decided(agent: Agent<never>): Promise<string[]> {
  const ctx = greeted();
  const approvals = agentController({ agents: [agent] }) as {
    accept(payload: { id: string }, ctx: object): AsyncIterable<{ type: string }>;
  };
  let id = '';
  for await (const event of runAgent(agent, ctx)) id = /run_[\w-]+\.0/.exec(JSON.stringify(event))?.[0] ?? id;
  return typesIn(approvals.accept({ id }, ctx));
}

const agent = new Agent({ name: 'esm', model: 'gpt-test', tools: [show] });
const guarded = new Agent({ name: 'guarded', model: 'gpt-test', outputGuardrails: [never] });
const { Agent: OtherAgent } = require('@openai/agents') as typeof import('@openai/agents');
const answered = {
  plain: await typesOf(agent as never),
  guarded: await typesOf(guarded as never),
  runner: await typesOf(agent as never, { runner: new Runner() }),
  decided: await decided(new Agent({ name: 'asking', model: 'gpt-test', tools: [remove] }) as never),
  commonJs: await typesOf(new OtherAgent({ name: 'cjs', model: 'gpt-test' }) as never),
  stranger: await typesOf({ name: 'stranger', instructions: '', tools: [], handoffs: [] } as never),
};
console.log(JSON.stringify(answered));
