import { Agent, Runner as SdkRunner } from '@openai/agents';
import { z } from 'zod';
import { approvalRequest, chatRunner, step, type QuestionWidget } from '../../../src/agents';
import type { WidgetItem } from '../../../src/protocol';
import { MemoryStore } from '../../../src/stores';
import { threadIdOf, type TestChat } from '../../support/chat';
import * as wire from '../../support/requests';
import { outline } from '../support/chat';
import { runWorkflow } from './exports/support';
import { inputs, press, saying, serveWorkflow, startModels, widgetsIn } from './support';

const Runner = chatRunner(SdkRunner);
const agent = (name: string) => new Agent({ name, model: 'gpt-5' });
const runner = () => new Runner();

const REFUND = [saying({ category: 'refund' }), saying({ amount: 40, reason: 'broken' })];

async function ask(chat: TestChat, text = 'I want my money back'): Promise<[string, WidgetItem]> {
  const { events } = await chat.post(wire.create(text));
  return [threadIdOf({ events }), widgetsIn(events).at(-1)!];
}

describe('approvalRequest()', () => {
  it('goes on in another process, from the store alone', async () => {
    const server = (await startModels()).will(...REFUND, saying('Refunded.'));
    const store = new MemoryStore();
    const [threadId, asked] = await ask(await serveWorkflow(runWorkflow, {}, { store }));
    const restarted = await serveWorkflow(runWorkflow, {}, { store });
    expect(outline(await press(restarted, threadId, asked, 'confirm'))).toContain('“Refunded.”');
    expect(server.bodies).toHaveLength(3);
  });

  it('takes the other branch when the user declines', async () => {
    const server = (await startModels()).will(...REFUND);
    const chat = await serveWorkflow(runWorkflow);
    const [threadId, asked] = await ask(chat);
    const events = await press(chat, threadId, asked, 'cancel');
    expect(outline(events)).toEqual(['replaced widget', 'done assistant_message']);
    expect(JSON.stringify(events)).toContain('Nothing is refunded.');
    expect(JSON.stringify(widgetsIn(events))).toContain('Declined');
    expect(server.bodies).toHaveLength(2);
  });

  it('goes on where the widget of the application cannot be built when it is decided', async () => {
    (await startModels()).will(...REFUND, saying('Refunded.'));
    const approvalWidget: QuestionWidget = ({ status, accept, decline }) => {
      if (status !== 'pending') throw new Error('The shop is closed.');
      return {
        type: 'Card',
        children: [],
        confirm: { label: 'Yes', action: accept },
        cancel: { label: 'No', action: decline },
      };
    };
    const chat = await serveWorkflow(runWorkflow, { approvalWidget });
    const [threadId, asked] = await ask(chat);
    const events = await press(chat, threadId, asked, 'confirm');
    expect(JSON.stringify(widgetsIn(events)[0])).toContain('Accepted');
    expect(outline(events)).toContain('“Refunded.”');
    expect(chat.logger.messages('error')).toEqual([expect.stringContaining('cannot be built')]);
  });

  it('is answered once, however often a button is pressed, on however many servers', async () => {
    const server = (await startModels()).will(...REFUND, saying('Refunded.'));
    const store = new MemoryStore();
    const chat = await serveWorkflow(runWorkflow, {}, { store });
    const other = await serveWorkflow(runWorkflow, {}, { store });
    const [threadId, asked] = await ask(chat);
    const presses = [chat, other, chat, other].map((each) => press(each, threadId, asked, 'confirm'));
    const outcomes = await Promise.all(presses);
    expect(outcomes.filter((events) => outline(events).includes('“Refunded.”'))).toHaveLength(1);
    expect(outcomes.filter((events) => outline(events).includes('notice'))).toHaveLength(3);
    expect(outline(await press(other, threadId, asked, 'cancel'))).toEqual(['notice']);
    expect(server.bodies).toHaveLength(3);
  });

  it('is not answered from another thread', async () => {
    const server = (await startModels()).will(...REFUND, saying({ category: 'other' }), saying('Hello.'));
    const chat = await serveWorkflow(runWorkflow);
    const [, asked] = await ask(chat);
    const elsewhere = threadIdOf(await chat.post(wire.create('Hello')));
    const { action } = asked.widget['confirm'] as { action: { type: string; payload: object } };
    const { events } = await chat.post(wire.act(elsewhere, undefined, action.type, action.payload));
    expect(outline(events)).toEqual(['notice']);
    expect(server.bodies).toHaveLength(4);
  });

  it('expires when the user says something else first', async () => {
    const server = (await startModels()).will(...REFUND, saying({ category: 'other' }), saying('Well.'));
    const chat = await serveWorkflow(runWorkflow);
    const [threadId, asked] = await ask(chat);
    const { events } = await chat.post(wire.say(threadId, 'Leave it'));
    expect(outline(events).slice(0, 2)).toEqual(['done user_message', 'replaced widget']);
    expect(JSON.stringify(widgetsIn(events)[0])).toContain('Expired');
    expect(outline(await press(chat, threadId, asked, 'confirm'))).toEqual(['notice']);
    expect(server.bodies).toHaveLength(4);
  });

  it.each([
    ['runs another agent', async () => (await runner().run(agent('Other'), 'Hello')).finalOutput],
    ['asks something else', () => approvalRequest('Refund 41 €?')],
    ['asks no question', async () => Promise.resolve(undefined)],
    [
      'asks first, and catches what it is told',
      async () => {
        try {
          await approvalRequest('Refund 40 €?');
        } catch {
          await runner().run(agent('Classify'), 'Hello');
        }
      },
    ],
  ])('expires where the workflow %s now', async (_what, changed: () => unknown) => {
    const server = (await startModels()).will(...REFUND);
    const store = new MemoryStore();
    const [threadId, asked] = await ask(await serveWorkflow(runWorkflow, {}, { store }));
    const redeployed = await serveWorkflow(changed, {}, { store });
    const events = await press(redeployed, threadId, asked, 'confirm');
    expect(outline(events)).toEqual(['replaced widget', 'replaced widget', 'notice']);
    expect(JSON.stringify(widgetsIn(events).at(-1))).toContain('Expired');
    expect(redeployed.logger.messages('warn')).toContainEqual(expect.stringContaining('has changed'));
    expect(server.bodies).toHaveLength(2);
    expect(outline(await press(redeployed, threadId, asked, 'confirm'))).toEqual(['notice']);
  });

  it('is given up where its message is tried again, though its widget is gone then', async () => {
    const server = (await startModels()).will(...REFUND, saying({ category: 'other' }), saying('Well.'));
    const chat = await serveWorkflow(runWorkflow);
    const { events } = await chat.post(wire.create('I want my money back'));
    const threadId = threadIdOf({ events });
    const [said] = await chat.items(threadId);
    const retried = await chat.post(wire.retry(threadId, said!.id));
    expect(outline(retried.events)).toContain('“Well.”');
    expect(outline(retried.events)).not.toContain('error stream.error');
    expect(server.bodies).toHaveLength(4);
  });

  it('gives agents after it the history that they would have read without it', async () => {
    const server = (await startModels()).will(saying({ category: 'other' }), saying('Hello.'));
    const chat = await serveWorkflow(runWorkflow);
    const threadId = threadIdOf(await chat.post(wire.create('Hi')));
    server.will(...REFUND, saying('Refunded.'));
    const { events } = await chat.post(wire.say(threadId, 'Refund me'));
    await press(chat, threadId, widgetsIn(events).at(-1)!, 'confirm');
    const output = '{"amount":40,"reason":"broken"}';
    expect(inputs(server).at(-1)).toEqual(['Hi', 'Hello.', 'Refund me', output]);
  });

  it('may be asked several times, and steps are done once', async () => {
    const done: string[] = [];
    const book = (what: string) => () => {
      done.push(what);
      return { booked: what };
    };
    const server = (await startModels()).will(saying('One.'), saying('Two.'), saying('Three.'));
    const chat = await serveWorkflow(async () => {
      await runner().run(agent('A'), 'a');
      const { booked } = await step('book', book('room'));
      if (!(await approvalRequest(`Book the ${booked}?`))) return 'No.';
      await runner().run(agent('A'), 'b');
      await step('book', book('car'));
      const failed = await step('fail', () => Promise.reject(new RangeError('no car'))).catch(String);
      if (!(await approvalRequest(`And the car? ${failed}`))) return 'Only the room.';
      await runner().run(agent('A'), 'c');
      return 'Both.';
    });
    const [threadId, first] = await ask(chat);
    const again = await press(chat, threadId, first, 'confirm');
    expect(outline(again)).toEqual([
      'replaced widget',
      'added assistant_message',
      '“Two.”',
      'done assistant_message',
      'done widget',
    ]);
    const second = widgetsIn(again).at(-1)!;
    expect(JSON.stringify(second)).toContain('RangeError: no car');
    const last = await press(chat, threadId, second, 'confirm');
    expect(outline(last)).toEqual([
      'replaced widget',
      'added assistant_message',
      '“Three.”',
      'done assistant_message',
      'done assistant_message',
    ]);
    expect(done).toEqual(['room', 'car']);
    expect(server.bodies).toHaveLength(3);
  });

  it('waits for what runs beside it, which is not run again', async () => {
    const server = (await startModels()).will(saying('Beside.'), saying('After.'));
    const chat = await serveWorkflow(async () => {
      const [, isAccepted] = await Promise.all([runner().run(agent('A'), 'a'), approvalRequest('Go on?')]);
      if (isAccepted) await runner().run(agent('B'), 'b');
    });
    const { events } = await chat.post(wire.create('Hello'));
    expect(outline(events).slice(-3)).toEqual(['“Beside.”', 'done assistant_message', 'done widget']);
    const [asked] = widgetsIn(events);
    const accepted = await press(chat, threadIdOf({ events }), asked!, 'confirm');
    expect(outline(accepted)).toContain('“After.”');
    expect(server.bodies).toHaveLength(2);
  });

  it('lets `finally` blocks run, and what a `catch` does instead does not count', async () => {
    const seen: string[] = [];
    const server = await startModels();
    const chat = await serveWorkflow(async () => {
      try {
        return { message: String(await approvalRequest('Go on?')) };
      } catch {
        await runner()
          .run(agent('A'), 'Apologise')
          .catch((error: unknown) => seen.push((error as Error).name));
        return { message: 'Something failed.' };
      } finally {
        seen.push('finally');
      }
    });
    const { events } = await chat.post(wire.create('Hello'));
    expect(outline(events)).toEqual(['done user_message', 'done widget']);
    expect(seen).toEqual(['WorkflowWaits', 'finally']);
    expect(server.bodies).toEqual([]);
    const [asked] = widgetsIn(events);
    expect(JSON.stringify(await press(chat, threadIdOf({ events }), asked!, 'confirm'))).toContain('"true"');
  });

  it('is not for steps, nor for code outside a workflow', async () => {
    const chat = await serveWorkflow(() => step('ask', () => approvalRequest('Go on?')));
    await chat.post(wire.create('Hello'));
    expect(chat.logger.lines.at(-1)).toMatchObject({ details: { code: 'approval_in_step' } });
    await expect(approvalRequest('Go on?')).rejects.toMatchObject({ code: 'not_in_a_workflow' });
    await expect(step('add', () => 1 + 1)).resolves.toBe(2);
  });

  it.each([
    ['a bigint', 1n],
    ['.at is a Date', { at: new Date() }],
    ['.orders[1].total is NaN', { orders: [{ total: 1 }, { total: NaN }] }],
    ['a Map', new Map()],
    ['.undo is a function', { undo: () => 1 }],
  ])('refuses what would be something else when it is played again: %s', async (what, value) => {
    const chat = await serveWorkflow(() => step('count', () => value));
    await chat.post(wire.create('Hello'));
    const line = chat.logger.lines.at(-1);
    expect(line).toMatchObject({ details: { code: 'not_for_journal' } });
    expect(line!.message).toContain(
      `step count #1 cannot be stored as JSON (${what.startsWith('.') ? '' : 'it is '}${what})`,
    );
  });

  it('gives agents after it no more of the thread than those before it had', async () => {
    const server = await startModels();
    const chat = await serveWorkflow(
      async ({ input_as_text: text }) => {
        await runner().run(agent('A'), text);
        if (text === 'Ask' && (await approvalRequest('Go on?'))) await runner().run(agent('B'), text);
      },
      { history: { maxItems: 4 } },
    );
    server.will(saying('1.'));
    const threadId = threadIdOf(await chat.post(wire.create('One')));
    server.will(saying('2.'));
    await chat.post(wire.say(threadId, 'Two'));
    server.will(saying('3.'), saying('4.'));
    const { events } = await chat.post(wire.say(threadId, 'Ask'));
    await press(chat, threadId, widgetsIn(events).at(-1)!, 'confirm');
    const [before, after] = inputs(server).slice(-2);
    expect(before).toEqual(['1.', 'Two', '2.', 'Ask']);
    expect(after).toEqual(before);
  });

  it('keeps what an agent in a step has said with the step', async () => {
    const server = (await startModels()).will(
      saying('Inner.'), //
      saying('After.'),
    );
    const chat = await serveWorkflow(async () => {
      const said = await step('draft', async () => (await runner().run(agent('A'), 'a')).finalOutput);
      if (await approvalRequest(`Send “${String(said)}”?`)) await runner().run(agent('B'), 'b');
    });
    const { events } = await chat.post(wire.create('Hello'));
    expect(outline(events)).toContain('“Inner.”');
    const [asked] = widgetsIn(events);
    expect(outline(await press(chat, threadIdOf({ events }), asked!, 'confirm'))).toContain('“After.”');
    expect(server.bodies).toHaveLength(2);
  });

  it('is asked by a widget of the application', async () => {
    await startModels();
    const approvalWidget: QuestionWidget = ({ message, status, accept, decline }) => ({
      type: 'Card',
      children: [{ type: 'Text', value: `${message} ${status}` }],
      confirm: { label: 'Yes', action: accept },
      cancel: { label: 'No', action: decline },
    });
    const chat = await serveWorkflow(() => approvalRequest('Go on?').then(String), { approvalWidget });
    const { events } = await chat.post(wire.create('Hello'));
    const [asked] = widgetsIn(events);
    expect(asked!.widget).toMatchObject({ children: [{ value: 'Go on? pending' }] });
    const accepted = await press(chat, threadIdOf({ events }), asked!, 'confirm');
    expect(widgetsIn(accepted)[0]!.widget).toMatchObject({ children: [{ value: 'Go on? accepted' }] });
  });

  it('keeps the input as it was before a guardrail masked it in place', async () => {
    const given: string[] = [];
    await startModels();
    const chat = await serveWorkflow(async (workflow) => {
      given.push(workflow.input_as_text);
      workflow.input_as_text = 'masked';
      return (await approvalRequest('Go on?')) ? 'Done.' : 'Left.';
    });
    const [threadId, asked] = await ask(chat, 'My number is 123');
    await press(chat, threadId, asked, 'confirm');
    expect(given).toEqual(['My number is 123', 'My number is 123']);
  });
});

describe('an agent with a schema', () => {
  it('answers in the replay with its parsed output', async () => {
    const server = (await startModels()).will(saying({ city: 'Bern' }));
    const outputType = z.object({ city: z.string() });
    const finder = new Agent({ name: 'Finder', model: 'gpt-5', outputType });
    const chat = await serveWorkflow(async () => {
      const { finalOutput, newItems } = await runner().run(finder, 'Where?');
      const isAccepted = await approvalRequest(`To ${finalOutput!.city}?`);
      return `${String(isAccepted)}: ${finalOutput!.city}, ${String(newItems.length)} ${newItems[0]!.type}`;
    });
    const [threadId, asked] = await ask(chat);
    const events = await press(chat, threadId, asked, 'confirm');
    expect(JSON.stringify(events)).toContain('true: Bern, 1 message_output_item');
    expect(server.bodies).toHaveLength(1);
  });
});
