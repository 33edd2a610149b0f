import { SpanStatusCode, trace } from '@opentelemetry/api';
import { Agent, Runner as SdkRunner, tool, Usage } from '@openai/agents';
import { assistantMessage, functionCall, ScriptedModel } from '@openai/agents/testing';
import { z } from 'zod';
import { chatRunner, type AgentLike } from '../../../src/agents';
import { openTelemetry } from '../../../src/opentelemetry';
import { threadIdOf } from '../../support/chat';
import { ended, parentOf, record, spanNamed } from '../../support/recorded';
import * as wire from '../../support/requests';
import { serveAgent } from '../support/chat';
import { saying, serveWorkflow, startModels } from '../workflow/support';

record();

const telemetry = () => ({ telemetry: openTelemetry() });

const look = tool({
  name: 'look',
  description: 'Looks.',
  parameters: z.object({}),
  execute() {
    trace.getTracer('application').startSpan('in a tool').end();
    return 'seen';
  },
});

const usage = (inputTokens: number, outputTokens: number) =>
  new Usage({ requests: 1, inputTokens, outputTokens, totalTokens: inputTokens + outputTokens });

async function answer(agent: AgentLike) {
  const chat = await serveAgent(agent, {}, telemetry());
  return threadIdOf(await chat.post(wire.create('Hello')));
}

test('a run of an agent is a span below its handler, with the tokens of all its responses', async () => {
  const model = new ScriptedModel([
    { output: [functionCall('look', {}, { callId: 'call_1' })], usage: usage(10, 2) },
    { output: [assistantMessage('Done.')], usage: usage(20, 3) },
  ]);
  const threadId = await answer(new Agent({ name: 'Helper', model, tools: [look] }));
  const span = await spanNamed('invoke_agent Helper');
  expect(span.attributes).toEqual({
    'gen_ai.operation.name': 'invoke_agent',
    'gen_ai.agent.name': 'Helper',
    'gen_ai.conversation.id': threadId,
    'gen_ai.usage.input_tokens': 30,
    'gen_ai.usage.output_tokens': 5,
  });
  expect(parentOf(span)).toBe('AgentController.reply');
  expect(parentOf(await spanNamed('in a tool'))).toBe('invoke_agent Helper');
});

test('a run whose model fails has the error on its span', async () => {
  (await startModels()).will({ events: [], status: 400 });
  await answer(new Agent({ name: 'Helper', model: 'gpt-none' }));
  const { attributes, status } = await spanNamed('invoke_agent Helper');
  expect(attributes).toMatchObject({
    'gen_ai.request.model': 'gpt-none',
    'gen_ai.provider.name': 'openai',
    'error.type': expect.any(String),
  });
  expect(status.code).toBe(SpanStatusCode.ERROR);
});

test('each run of a workflow is a span', async () => {
  (await startModels()).will(saying('One.'), saying('Two.'));
  const Runner = chatRunner(SdkRunner);
  const agents = ['First', 'Second'].map((name) => new Agent({ name, model: 'gpt-5' }));
  const workflow = async () => {
    const runner = new Runner();
    for (const agent of agents) await runner.run(agent, 'Go');
  };
  const chat = await serveWorkflow(workflow, {}, telemetry());
  await chat.post(wire.create('Hello'));
  await spanNamed('chatkit threads.create');
  const runs = ended().filter(({ name }) => name.startsWith('invoke_agent'));
  expect(runs.map(({ name }) => name)).toEqual(['invoke_agent First', 'invoke_agent Second']);
  for (const run of runs) {
    expect(run.attributes).toMatchObject({
      'gen_ai.provider.name': 'openai',
      'gen_ai.request.model': 'gpt-5',
    });
  }
});
