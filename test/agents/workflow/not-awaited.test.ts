import { Agent, Runner as SdkRunner } from '@openai/agents';
import { approvalRequest, chatRunner, step } from '../../../src/agents';
import { MemoryStore } from '../../../src/stores';
import { threadIdOf } from '../../support/chat';
import * as wire from '../../support/requests';
import { outline } from '../support/chat';
import { press, saying, serveWorkflow, startModels, widgetsIn } from './support';

const Runner = chatRunner(SdkRunner);
const say = (name: string) => new Runner().run(new Agent({ name, model: 'gpt-5' }), 'Hello');
const anything: () => unknown = approvalRequest.bind(undefined, 'Refund 40 €?');

describe('a question that nothing awaits', () => {
  it.each<[string, () => unknown]>([
    ['returns', async () => (anything() ? { message: 'Refunded.' } : undefined)],
    ['returns, and is not async', () => (anything() ? 'Refunded.' : undefined)],
    ['runs an agent', async () => (anything() ? (await say('A')).finalOutput : undefined)],
    ['runs an agent, and catches', async () => (anything() ? say('A').catch(() => 'Refunded.') : undefined)],
    [
      'runs an agent that is not waited for either',
      async () => {
        void anything();
        say('A').catch(() => undefined);
        await new Promise(() => undefined);
      },
    ],
    ['does a step', async () => (anything() ? step('refund', () => 'Refunded.') : undefined)],
    [
      'asks again',
      async () => {
        void anything();
        return (await approvalRequest('Sure?')) ? 'Refunded.' : 'Kept.';
      },
    ],
    [
      'throws',
      async () => {
        void anything();
        await Promise.resolve();
        throw new Error('The shop is closed.');
      },
    ],
  ])('is an error, and is not shown, where the workflow %s', async (_what, workflow) => {
    const server = await startModels();
    const chat = await serveWorkflow(workflow);
    const { events } = await chat.post(wire.create('I want my money back'));
    expect(outline(events)).toEqual(['done user_message', 'error stream.error']);
    expect(chat.logger.lines.at(-1)).toMatchObject({ details: { code: 'approval_not_awaited' } });
    expect(server.bodies).toEqual([]);
  });

  it('is an error also where the user has answered it', async () => {
    const server = await startModels();
    const store = new MemoryStore();
    const awaiting = await serveWorkflow(() => approvalRequest('Refund 40 €?'), {}, { store });
    const { events } = await awaiting.post(wire.create('I want my money back'));
    const chat = await serveWorkflow(async () => (anything() ? say('A') : undefined), {}, { store });
    const declined = await press(chat, threadIdOf({ events }), widgetsIn(events)[0]!, 'cancel');
    expect(outline(declined)).toEqual(['replaced widget', 'error stream.error']);
    expect(chat.logger.lines.at(-1)).toMatchObject({ details: { code: 'approval_not_awaited' } });
    expect(server.bodies.length).toBeLessThanOrEqual(1);
  });
});

describe('a question whose answer is waited for', () => {
  it.each<[string, () => unknown]>([
    ['is returned', () => anything()],
    ['is returned by a function that is async', async () => anything()],
    ['is awaited by another function', async () => [await (async () => anything())()]],
    [
      'is awaited after other work',
      async () => {
        const answer = approvalRequest('Refund 40 €?');
        await new Promise((resolve) => setImmediate(resolve));
        return answer;
      },
    ],
    [
      'is asked beside a run that comes later',
      () => Promise.all([approvalRequest('Refund 40 €?'), say('A')]),
    ],
    ['has a callback', () => approvalRequest('Refund 40 €?').then(String)],
    ['has a callback for its end', () => approvalRequest('Refund 40 €?').finally(() => undefined)],
    ['is caught', () => approvalRequest('Refund 40 €?').catch(() => 'Nothing.')],
  ])('is shown where it %s', async (_what, workflow) => {
    const server = (await startModels()).will(saying('Hello.'));
    const chat = await serveWorkflow(workflow, { answer: () => 'Answered.' });
    const { events } = await chat.post(wire.create('I want my money back'));
    expect(outline(events)).toEqual(['done user_message', 'done widget']);
    const accepted = await press(chat, threadIdOf({ events }), widgetsIn(events)[0]!, 'confirm');
    expect(JSON.stringify(accepted)).toContain('Answered.');
    expect(chat.logger.messages('error')).toEqual([]);
    expect(server.bodies.length).toBeLessThanOrEqual(1);
  });
});
