import { textOf, threadIdOf } from '../../support/chat';
import * as wire from '../../support/requests';
import { outline } from '../support/chat';
import { runWorkflow } from './exports/support';
import { inputs, press, saying, serveWorkflow, startModels, widgetsIn } from './support';

describe('an exported workflow', () => {
  it('shows the text of its agents, and its classifier as a task', async () => {
    const server = (await startModels()).will(saying({ category: 'other' }), saying('Hello Ada.'));
    const chat = await serveWorkflow(runWorkflow);
    const { events } = await chat.post(wire.create('Hello'));
    expect(outline(events)).toEqual([
      'done user_message',
      'added workflow',
      'workflow.task.updated Classify',
      'done workflow',
      'added assistant_message',
      '“Hello Ada.”',
      'done assistant_message',
    ]);
    expect((await chat.items(threadIdOf({ events }))).map(textOf)).toEqual(['Hello', '', 'Hello Ada.']);
    expect(inputs(server)).toEqual([['Hello'], ['Hello']]);
  });

  it('gives earlier turns to all but its classifier, over three turns', async () => {
    const server = await startModels();
    const chat = await serveWorkflow(runWorkflow);
    server.will(saying({ category: 'other' }), saying('One.'));
    const threadId = threadIdOf(await chat.post(wire.create('First')));
    for (const [said, answer] of [
      ['Second', 'Two.'],
      ['Third', 'Three.'],
    ] as const) {
      server.will(saying({ category: 'other' }), saying(answer));
      await chat.post(wire.say(threadId, said));
    }
    expect(inputs(server).slice(4)).toEqual([['Third'], ['First', 'One.', 'Second', 'Two.', 'Third']]);
  });

  it('asks the user, and goes on when the user accepts, without running an agent twice', async () => {
    const server = (await startModels()).will(
      saying({ category: 'refund' }),
      saying({ amount: 40, reason: 'broken' }),
      saying('Refunded.'),
    );
    const chat = await serveWorkflow(runWorkflow);
    const { events } = await chat.post(wire.create('I want my money back'));
    const threadId = threadIdOf({ events });
    expect(outline(events)).toEqual([
      'done user_message',
      'added workflow',
      'workflow.task.updated Classify',
      'workflow.task.added Refund',
      'workflow.task.updated Refund',
      'done workflow',
      'done widget',
    ]);
    expect(server.bodies).toHaveLength(2);
    const [asked] = widgetsIn(events);
    const accepted = await press(chat, threadId, asked!, 'confirm');
    expect(outline(accepted)).toEqual([
      'replaced widget',
      'added assistant_message',
      '“Refunded.”',
      'done assistant_message',
    ]);
    expect(server.bodies).toHaveLength(3);
    expect(inputs(server)[2]).toEqual(['I want my money back', '{"amount":40,"reason":"broken"}']);
  });
});
