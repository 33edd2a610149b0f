import { Agent, Runner as SdkRunner } from '@openai/agents';
import { z } from 'zod';
import { chatRunner, ThreadItemConverter, type RunWorkflowOptions, type Shown } from '../../../src/agents';
import { WidgetTemplate } from '../../../src/templates';
import { threadIdOf } from '../../support/chat';
import * as wire from '../../support/requests';
import { message, reasoning } from '../golden/stream';
import { outline } from '../support/chat';
import { responding } from '../support/scripts';
import { inputs, saying, serveWorkflow, startModels, widgetsIn } from './support';

const Runner = chatRunner(SdkRunner);
const plain = new Agent({ name: 'Plain', model: 'gpt-5' });
const structured = new Agent({
  name: 'Structured',
  model: 'gpt-5',
  outputType: z.object({ guest: z.string(), nights: z.number() }),
});
const output = { guest: 'Ada', nights: 2 };
const run = (agent: typeof plain | typeof structured) => new Runner().run(agent, 'Go');

const template = new WidgetTemplate({
  version: '1.0',
  name: 'booking',
  template: '{"type":"Card","children":[{"type":"Text","value":"{{ guest }}: {{ nights }}"}]}',
  jsonSchema: {
    type: 'object',
    properties: { guest: { type: 'string' }, nights: { type: 'number', minimum: 1 } },
    required: ['guest', 'nights'],
    additionalProperties: false,
  },
});

describe('what is shown of an agent', () => {
  const reply = ['added assistant_message', '“Yes.”', 'done assistant_message'];
  const thinking = ['added workflow', 'workflow.task.added undefined', 'workflow.task.updated undefined'];
  it.each<[Shown, string[]]>([
    ['text', [...thinking, 'done workflow', ...reply]],
    [
      'progress',
      ['added workflow', 'workflow.task.added undefined', 'workflow.task.updated Plain', 'done workflow'],
    ],
    ['nothing', []],
  ])('%s', async (shown, expected) => {
    (await startModels()).will(responding(reasoning([['Hm.']]), message(['Yes.'], { index: 1 })));
    const chat = await serveWorkflow(() => void run(plain), { show: { Plain: shown } });
    const { events } = await chat.post(wire.create('Hello'));
    expect(outline(events).slice(1)).toEqual(expected);
  });

  it('is a task that says when it has failed', async () => {
    (await startModels()).will({ events: [], status: 500 });
    const chat = await serveWorkflow(() => run(structured));
    const { events } = await chat.post(wire.create('Hello'));
    const done = events.find((event) => event.type === 'thread.item.done' && event.item.type === 'workflow');
    expect(done).toMatchObject({
      item: { workflow: { tasks: [{ title: 'Structured', status_indicator: 'none' }] } },
    });
  });
});

describe('a widget of structured output', () => {
  it.each<[string, RunWorkflowOptions['widgets']]>([
    ['a template', { Structured: template }],
    [
      'a function',
      {
        Structured: ({ guest, nights }: typeof output) => ({
          type: 'Card',
          children: [{ type: 'Text', value: `${guest}: ${String(nights)}` }],
        }),
      },
    ],
    ['a rule', (agent) => (agent === structured ? template : undefined)],
  ])('is made by %s', async (_by, widgets) => {
    (await startModels()).will(saying(output), saying('There.'));
    const chat = await serveWorkflow(
      async () => {
        await run(structured);
        await run(plain);
      },
      { widgets },
    );
    const { events } = await chat.post(wire.create('Book'));
    expect(outline(events).slice(1, 3)).toEqual(['done widget', 'added assistant_message']);
    expect(widgetsIn(events)[0]!.widget).toMatchObject({ children: [{ value: 'Ada: 2' }] });
  });

  it('is an error with agent and field where the output does not fit', async () => {
    (await startModels()).will(saying({ guest: 'Ada', nights: 0 }));
    const chat = await serveWorkflow(() => run(structured), { widgets: { Structured: template } });
    const { events } = await chat.post(wire.create('Book'));
    expect(outline(events)).toContain('error stream.error');
    const logged = JSON.stringify(chat.logger.lines.at(-1));
    expect(chat.logger.lines.at(-1)).toMatchObject({ details: { code: 'output_fits_no_widget' } });
    expect(logged).toContain('Structured');
    expect(logged).toContain('nights');
  });
});

describe('the message of the turn', () => {
  it('is read with what it quotes and mentions, in each run that hands it on', async () => {
    const server = (await startModels()).will(saying('One.'), saying('Two.'));
    const chat = await serveWorkflow(async ({ input_as_text: text }) => {
      const history = [{ role: 'user' as const, content: [{ type: 'input_text' as const, text }] }];
      await new Runner().run(plain, history);
      await new Runner().run(plain, history);
    });
    const content = [
      { type: 'input_text', text: 'Ask ' },
      { type: 'input_tag', id: 'u1', text: 'Bob', data: { age: 7 }, interactive: false },
    ];
    await chat.post(wire.create('', { content, quoted_text: 'what was said' }));
    const [first, second] = inputs(server);
    expect(first).toEqual([
      'Ask @Bob',
      expect.stringContaining('what was said'),
      expect.stringContaining('"age":7'),
    ]);
    expect(second).toEqual(first);
  });

  it('is read with its attachments', async () => {
    const server = (await startModels()).will(saying('Seen.'));
    class Images extends ThreadItemConverter {
      override attachmentToMessageContent() {
        return { type: 'input_image' as const, image: 'data:image/png;base64,AAAA' };
      }
      override userMessageToInput(item: Parameters<ThreadItemConverter['userMessageToInput']>[0]) {
        const attachments = [{ type: 'file' as const, id: 'atc_1', name: 'a.png', mime_type: 'image/png' }];
        return super.userMessageToInput({ ...item, attachments }, true);
      }
    }
    const chat = await serveWorkflow(
      async ({ input_as_text: text }) => {
        await new Runner().run(plain, [{ role: 'user', content: [{ type: 'input_text', text }] }]);
      },
      { itemConverter: new Images() },
    );
    await chat.post(wire.create('What is this?'));
    expect(server.last.body.input).toMatchObject([
      {
        content: [
          { text: 'What is this?' },
          { type: 'input_image', image_url: 'data:image/png;base64,AAAA' },
        ],
      },
    ]);
  });

  it('is read with no more of the thread than the application wants', async () => {
    const server = (await startModels()).will(saying('One.'), saying('Two.'));
    const chat = await serveWorkflow(
      async ({ input_as_text: text }) => {
        await new Runner().run(plain, [{ role: 'user', content: [{ type: 'input_text', text }] }]);
      },
      { history: { maxItems: 2 } },
    );
    const threadId = threadIdOf(await chat.post(wire.create('First')));
    await chat.post(wire.say(threadId, 'Second'));
    expect(inputs(server).at(-1)).toEqual(['One.', 'Second']);
  });
});
