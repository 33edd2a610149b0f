import { AgentContext, streamAgentResponse, type StreamedRun } from '../../../src/agents';
import { makeContext } from '../../pipeline/harness';
import { api, created, inResponse, message, type Step } from '../golden/stream';
import { runOf } from '../support/fake-run';

const text = message(['It is']).slice(0, 3);
const response = (fields: object) => ({ response: { id: 'resp_1', output: [], ...fields } });

const FAILURES: [string, Step[], object][] = [
  [
    'a response that failed',
    [created(), ...text, api('failed', response({ error: { message: 'Too hot' } }))],
    { code: 'model_failed', message: expect.stringContaining('Too hot') },
  ],
  [
    'an error instead of a response',
    [created(), ...text, { api: { type: 'error', message: 'Too cold' } }],
    { code: 'model_failed', message: expect.stringContaining('Too cold') },
  ],
  [
    'an incomplete response',
    [
      created(),
      ...text,
      api('incomplete', response({ incomplete_details: { reason: 'max_output_tokens' } })),
    ],
    { code: 'model_incomplete', message: expect.stringContaining('max_output_tokens') },
  ],
  ['a response without an end', [created(), ...text], { code: 'model_cut_off' }],
];

async function drain(run: StreamedRun): Promise<void> {
  const stream = streamAgentResponse(new AgentContext(makeContext()), run);
  while ((await stream.next()).done !== true);
}

it.each(FAILURES)('%s is an error whose code says why', async (_, steps, error) => {
  await expect(drain(runOf(...steps))).rejects.toMatchObject(error);
});

it('a run that was cancelled is an error, whatever has arrived', async () => {
  const run = { ...runOf(...inResponse(message(['It is.']))), cancelled: true };
  await expect(drain(run)).rejects.toMatchObject({ code: 'model_cut_off' });
});
