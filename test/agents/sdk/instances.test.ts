import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Agent } from '@openai/agents';
import { createChatKit } from '../../../src/app';
import { MemoryStore } from '../../../src/stores';
import { until } from '../../support/wait';
import { functionCall, message } from '../golden/stream';
import { controllersOf } from '../support/shop';
import { OpenAiServer } from '../support/openai-server';
import { responding } from '../support/scripts';

const ROOT = join(__dirname, '../../..');
const TSX = join(ROOT, 'node_modules/tsx/dist/cli.mjs');

const spoken = [
  'thread.item.added',
  'thread.item.updated',
  'thread.item.updated',
  'thread.item.updated',
  'thread.item.done',
];

const program = async (file: string, ...args: string[]): Promise<unknown> => {
  const { stdout } = await promisify(execFile)(process.execPath, [TSX, join(__dirname, file), ...args], {
    cwd: ROOT,
    env: { ...process.env, OPENAI_API_KEY: undefined },
  });
  return JSON.parse(stdout);
};

it('a program of ES modules is served by its own copy of the SDK, with its own default client', async () => {
  const server = (await OpenAiServer.start()).will(
    responding(functionCall('show')),
    responding(message(['There.'])),
    responding(message(['Never.'])),
    responding(message(['By a runner.'])),
    responding(functionCall('remove')),
    responding(message(['It is removed.'])),
  );
  expect(await program('esm-agent.mts', server.baseURL)).toEqual({
    plain: ['thread.item.done', ...spoken],
    // Its errors are of that copy too, and recognised.
    guarded: [...spoken, 'thread.item.removed', 'OutputGuardrailTripwireTriggered'],
    runner: spoken,
    decided: spoken,
    // One of the other copy is run by that: which has no client, since none was set there.
    commonJs: [expect.stringMatching(/Error/)],
    stranger: ['agent_of_another_copy'],
  });
  expect(server.exchanges).toHaveLength(6);
}, 60_000);

it('without the SDK a chat with approvals does not start, and adapters and converters work', async () => {
  const { problems, working } = (await program('without-sdk.ts')) as Record<string, unknown>;
  expect(problems).toEqual([
    {
      code: 'agents_sdk_missing',
      where: 'agentController()',
      message: expect.stringContaining('@openai/agents'),
      fix: 'Run: npm install @openai/agents',
    },
    expect.objectContaining({ code: 'no_responder' }), // with all other problems
  ]);
  expect(working).toEqual({
    text: 'thread.item.done',
    responses: 'thread.item.done',
    run: 'thread.item.done',
    input: [{ role: 'user', content: [{ type: 'input_text', text: 'Hello' }] }],
    runAgent: 'agents_sdk_missing',
  });
}, 60_000);

it('a chat with approvals looks for the copy of its agents when it starts, and not at the first click', async () => {
  let asked = 0;
  const agent = new Proxy(new Agent({ name: 'files' }), {
    getPrototypeOf(target) {
      asked += 1; // by instanceof
      return Reflect.getPrototypeOf(target);
    },
  });
  createChatKit({
    controllers: controllersOf(agent, { agents: [agent] }),
    store: new MemoryStore(),
    owner: 'shared',
  });
  await until(() => asked > 0);
});
