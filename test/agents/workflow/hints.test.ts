import { Agent, Runner as SdkRunner } from '@openai/agents';
import { z } from 'zod';
import { approvalRequest, chatRunner } from '../../../src/agents';
import { threadIdOf } from '../../support/chat';
import type { LogLine } from '../../support/logger';
import * as wire from '../../support/requests';
import { outline } from '../support/chat';
import { press, saying, serveWorkflow, startModels, widgetsIn } from './support';

const Runner = chatRunner(SdkRunner);
const status = new Agent({
  name: 'Order status',
  model: 'gpt-5',
  outputType: z.object({ state: z.string() }),
});
const answering = new Agent({ name: 'Answer', model: 'gpt-5' });
const CARD = { type: 'Card' as const, children: [] };
const output = { state: 'Sent' };
const find = async () => (await new Runner().run(status, 'Where is it?')).finalOutput;

const warnings = ({ logger }: { logger: { lines: LogLine[] } }) =>
  logger.lines
    .filter(({ level }) => level === 'warn')
    .map(({ details, message }) => ({ ...details, message }));

describe('a workflow after which nothing was shown', () => {
  it.each([
    ['an object', { cancelled: false, attempts: 1 }, '{ cancelled, attempts }'],
    ['an output that is parsed', { output_text: '{}', output_parsed: {} }, '{ output_text, output_parsed }'],
    ['a number', 3, 'number'],
    ['nothing', undefined, 'nothing'],
  ])('is logged with what it returned: %s', async (_what, returned, told) => {
    (await startModels()).will(saying(output));
    const chat = await serveWorkflow(async () => {
      await find();
      return returned;
    });
    await chat.post(wire.create('Hello'));
    expect(warnings(chat)).toEqual([
      expect.objectContaining({
        message: expect.stringContaining(`returned ${told}, and nothing was shown`),
      }),
    ]);
  });

  it('is logged where only what came before a question was shown', async () => {
    (await startModels()).will(saying('I look it up.'));
    const chat = await serveWorkflow(async () => {
      await new Runner().run(answering, 'Hello');
      return { cancelled: !(await approvalRequest('Go on?')) };
    });
    const { events } = await chat.post(wire.create('Hello'));
    expect(warnings(chat)).toEqual([]);
    await press(chat, threadIdOf({ events }), widgetsIn(events)[0]!, 'confirm');
    expect(warnings(chat)).toEqual([
      expect.objectContaining({ message: expect.stringContaining('{ cancelled }') }),
    ]);
  });

  it('is not logged where there is a widget, a text or `answer`, nor in production', async () => {
    const server = await startModels();
    const quiet = await Promise.all([
      serveWorkflow(find, { widgets: { 'Order status': () => CARD } }),
      serveWorkflow(async () => ({ ...(await find()), message: 'Sent.' })),
      serveWorkflow(find, { answer: () => undefined }),
      serveWorkflow(find, {}, { mode: 'production' }),
      serveWorkflow(async () => (await new Runner().run(answering, 'Hello')).finalOutput),
    ]);
    for (const chat of quiet) {
      server.will(saying(output));
      await chat.post(wire.create('Hello'));
      expect(warnings(chat)).toEqual([]);
    }
  });
});

describe('names of agents in the options of a workflow', () => {
  it.each([
    ['show', { show: { 'Order Status': 'progress' } }],
    ['widgets', { widgets: { 'Order state': () => CARD } }],
    ['readsHistory', { readsHistory: { Orderstatus: true } }],
  ] as const)('are held against those that run, in %s: once', async (option, options) => {
    const server = await startModels();
    const workflow = async () => ({ ...(await find()), message: 'Sent.' });
    const chat = await serveWorkflow(workflow, options);
    for (const text of ['Hello', 'Again']) {
      server.will(saying(output));
      await chat.post(wire.create(text));
    }
    const fix = 'Did you mean "Order status"?';
    expect(warnings(chat)).toEqual([expect.objectContaining({ option, fix })]);
  });

  it('may be of a branch that has not been reached, which is no warning', async () => {
    (await startModels()).will(saying(output));
    const workflow = async () => ({ ...(await find()), message: 'Sent.' });
    const chat = await serveWorkflow(workflow, { widgets: { Refund: () => CARD } });
    await chat.post(wire.create('Hello'));
    expect(warnings(chat)).toEqual([]);
    expect(chat.logger.lines).toContainEqual(
      expect.objectContaining({ level: 'info', details: expect.objectContaining({ key: 'Refund' }) }),
    );
  });

  it('are not looked at where all that run have a rule', async () => {
    (await startModels()).will(saying(output));
    const workflow = async () => ({ ...(await find()), message: 'Sent.' });
    const chat = await serveWorkflow(workflow, { show: { 'Order status': 'progress', Refund: 'text' } });
    await chat.post(wire.create('Hello'));
    expect(JSON.stringify(chat.logger.lines)).not.toContain('Refund');
  });
});

describe('a workflow whose Runner is the SDK’s', () => {
  it('is warned of once', async () => {
    const server = await startModels();
    const workflow = async () => {
      const run = await new SdkRunner().run(answering, 'Hello', { stream: true });
      await run.completed;
      return run.finalOutput;
    };
    const chat = await serveWorkflow(workflow);
    for (const text of ['Hello', 'Again']) {
      server.will(saying('Yes.'));
      const { events } = await chat.post(wire.create(text));
      expect(outline(events).at(-1)).toBe('done assistant_message');
    }
    expect(warnings(chat)).toEqual([
      expect.objectContaining({ message: expect.stringContaining('chatRunner()') }),
    ]);
  });
});
