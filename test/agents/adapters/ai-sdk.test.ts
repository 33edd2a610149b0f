import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ThreadStreamEvent } from '../../../src/protocol';
import { outline } from '../support/chat';

const ROOT = join(__dirname, '../../..');
const TSX = join(ROOT, 'node_modules/tsx/dist/cli.mjs');

/** The package is ES modules, which this runner does not load. */
async function play(name: string): Promise<Record<string, unknown[]>> {
  const program = join(__dirname, 'ai-sdk-program.mts');
  const { stdout } = await promisify(execFile)(process.execPath, [TSX, program, name], { cwd: ROOT });
  return JSON.parse(stdout) as Record<string, unknown[]>;
}

const isError = (event: unknown): event is string => typeof event === 'string';
const seen = (events: unknown[]): string[] =>
  events.flatMap((event) => (isError(event) ? [event] : outline([event as ThreadStreamEvent])));

describe.each(['ai', 'ai6'])('a fullStream of the AI SDK (%s)', (name) => {
  let outcomes: Record<string, unknown[]>;
  beforeAll(async () => {
    outcomes = await play(name);
  }, 60_000);

  const message = (...deltas: string[]): string[] => [
    'added assistant_message',
    ...deltas.map((delta) => `“${delta}”`),
    'done assistant_message',
  ];

  it('is a message', () => {
    expect(seen(outcomes['text']!)).toEqual(message('It', ' is.'));
    expect(outcomes['text']!.at(-1)).toMatchObject({ item: { content: [{ text: 'It is.' }] } });
  });

  it('is a message for each text, though their ids repeat, and shows tools at work', () => {
    const events = outcomes['text twice under one id']!;
    expect(seen(events)).toEqual([
      ...message('Let me look.'),
      'added workflow',
      'workflow.task.updated find completed',
      'done workflow',
      ...message('There.'),
    ]);
    const ids = events.flatMap((event) => (event as { item?: { id: string } }).item?.id ?? []);
    expect(new Set(ids).size).toBe(3);
  });

  it('shows what the model thinks', () => {
    expect(outcomes['reasoning']).toMatchObject([
      { type: 'thread.item.added', item: { workflow: { type: 'reasoning' } } },
      { update: { type: 'workflow.task.added', task: { content: 'Look' } } },
      { update: { type: 'workflow.task.updated', task: { content: 'Looking' } } },
      { update: { type: 'workflow.task.updated', task: { content: 'Looking' } } },
      { update: { type: 'workflow.task.added', task_index: 1, task: { content: 'More' } } },
      { type: 'thread.item.done', item: { workflow: { summary: {} } } },
      { type: 'thread.item.added', item: { type: 'assistant_message' } },
      {},
      {},
      {},
      { type: 'thread.item.done', item: { content: [{ text: 'Yes.' }] } },
    ]);
  });

  it('cites sources, also those that come after the text', () => {
    expect(outcomes['sources']!.at(-1)).toMatchObject({
      item: {
        content: [
          {
            annotations: [
              { source: { type: 'url', url: 'https://shop.example/jug', title: 'Jug' }, index: 8 },
              { source: { type: 'file', filename: 'jugs.pdf' }, index: 8 },
            ],
          },
        ],
      },
    });
  });

  it('cites sources that come before the text', () => {
    const done = outcomes['sources first']!.at(-1) as { item: { content: { annotations: object[] }[] } };
    expect(done.item.content[0]!.annotations).toMatchObject([
      { source: { type: 'url', title: 'Jug' } },
      { source: { type: 'url', title: 'Mug' } },
    ]);
    expect(seen(outcomes['sources first']!)).toEqual(message('Jug', ': 9 €'));
  });

  it('shows images', () => {
    expect(outcomes['image']).toMatchObject([
      { type: 'thread.item.done', item: { image: { url: 'data:image/png;base64,dGVzdA==' } } },
    ]);
  });

  it('lets tools send after what the model said before', () => {
    expect(seen(outcomes['a tool that sends']!)).toEqual([
      ...message('Let me show you.'),
      'added workflow',
      'done workflow', // which the widget closes
      'done widget',
      'replaced workflow',
      ...message('There.'),
    ]);
  });

  it('does not leave a tool at work that the stream does not run', () => {
    const events = outcomes['a tool of the page']!;
    const tasks = events.flatMap((event) => {
      const { item } = event as { item?: { workflow: { tasks: object[] } } };
      return item === undefined ? [] : [item.workflow.tasks];
    });
    expect(tasks.at(-1)).toMatchObject([{ title: 'find completed', status_indicator: 'complete' }]);
  });

  it.each([
    ['incomplete', 'model_incomplete'],
    ['error', 'model_failed'],
    ['no end', 'model_cut_off'],
    ['no end after a text', 'model_cut_off'],
  ])('fails where the answer does: %s', (scenario, code) => {
    const events = seen(outcomes[scenario]!);
    expect(events.slice(0, 2)).toEqual(['added assistant_message', '“It is”']);
    expect(events.at(-1)).toEqual(code);
    expect(events).not.toContain('done assistant_message');
  });

  it('fails where it broke off in a thought', () => {
    expect(outcomes['no end of a thought']!.at(-1)).toBe('model_cut_off');
  });

  it('has ended where the provider says so, for a reason that the SDK does not know', () => {
    expect(seen(outcomes['another end']!)).toEqual(message('It is'));
  });

  it('stops the model when the request is aborted', () => {
    expect(outcomes['aborted']).toEqual({
      types: ['thread.item.added', 'thread.item.updated', 'thread.item.updated'],
      stopped: true,
    });
  });
});
