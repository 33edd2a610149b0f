import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { functionCall, message } from '../golden/stream';
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

it('a program of ES modules is served by its own copy of the SDK, with its own default client', async () => {
  const server = (await OpenAiServer.start()).will(
    responding(functionCall('show')),
    responding(message(['There.'])),
    responding(message(['Never.'])),
    responding(message(['By a runner.'])),
  );
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [TSX, join(__dirname, 'esm-agent.mts'), server.baseURL],
    { cwd: ROOT, env: { ...process.env, OPENAI_API_KEY: undefined } },
  );
  expect(JSON.parse(stdout)).toEqual({
    plain: ['thread.item.done', ...spoken],
    // Its errors are of that copy too, and recognised.
    guarded: [...spoken, 'thread.item.removed', 'OutputGuardrailTripwireTriggered'],
    runner: spoken,
    // One of the other copy is run by that: which has no client, since none was set there.
    commonJs: [expect.stringMatching(/Error/)],
    stranger: ['agent_of_another_copy'],
  });
  expect(server.exchanges).toHaveLength(4);
}, 60_000);
