import { Agent, tool } from '@openai/agents';
import { z } from 'zod';
import { agentContext } from '../../../src/agents';
import type { ThreadItem, ThreadStreamEvent } from '../../../src/protocol';
import { MemoryStore } from '../../../src/stores';
import { textOf, threadIdOf, type TestChat } from '../../support/chat';
import { interfere } from '../../support/failing-store';
import * as wire from '../../support/requests';
import { Latch, until } from '../../support/wait';
import { functionCall, message, reasoning, type ApiEvent } from '../golden/stream';
import { chatModel, outline, responsesModel, serveAgent } from '../support/chat';
import { OpenAiServer, type Script } from '../support/openai-server';
import { beginning, chatAnswer, responding } from '../support/scripts';

const NEVER: Script['end'] = 'never';

const isDelta = (event: ThreadStreamEvent): boolean =>
  event.type === 'thread.item.updated' && 'delta' in event.update;
const isThought = (event: ThreadStreamEvent): boolean =>
  event.type === 'thread.item.updated' && event.update.type === 'workflow.task.added';
const isProgress = (event: ThreadStreamEvent): boolean => event.type === 'progress_update';

/** A tool that says that it works, and then does not end, nor look at its signal. */
function hanging() {
  const late = { settled: new Latch(), refused: undefined as unknown };
  const go = new Latch();
  const work = tool({
    name: 'work',
    description: 'Works for ever.',
    parameters: z.object({}),
    async execute(_, run) {
      await agentContext(run).progress('working');
      await go.opened;
      await agentContext(run)
        .streamWidget({ type: 'Card', children: [] })
        .catch((error: unknown) => (late.refused = error));
      late.settled.open();
      return 'done at last';
    },
  });
  return { work, go, late };
}

/** What is in the thread, but for ids and times. */
async function contents(chat: TestChat, threadId: string): Promise<string[]> {
  const shown = (item: ThreadItem): string => (item.type.endsWith('message') ? textOf(item) : item.type);
  return (await chat.items(threadId)).map(shown);
}

describe('when the store fails', () => {
  it('before the run is shown, the model’s request is closed', async () => {
    const server = (await OpenAiServer.start()).will({
      events: beginning(message(['It is'])).slice(0, 4),
      end: NEVER,
    });
    const store = interfere(new MemoryStore(), async ({ method, args }, proceed) => {
      const isOpenWorkflow = method === 'listItems' && (args[2] as { limit: number }).limit === 2;
      if (!isOpenWorkflow) return proceed();
      await until(() => server.exchanges.length === 1, 'the model to be asked');
      throw new Error('The disk is full.');
    });
    const agent = new Agent({ name: 'test', model: responsesModel(server) });
    const chat = await serveAgent(agent, {}, { store });
    const { events } = await chat.post(wire.create('Is it there?'));
    expect(outline(events).at(-1)).toBe('error stream.error');
    await server.last.left;
  });
});

describe('when the client leaves', () => {
  it('the model’s request is closed, the text so far is kept, and the next run is accepted', async () => {
    const server = (await OpenAiServer.start()).will(
      { events: beginning(message(['It is', ' in', ' stock'])).slice(0, 4), end: NEVER },
      responding(message(['Yes.'])),
    );
    const chat = await serveAgent(new Agent({ name: 'test', model: responsesModel(server) }));
    const stream = await chat.open(wire.create('Is it there?'));
    await stream.until(isDelta);
    const threadId = threadIdOf(stream);
    stream.leave();
    await server.last.left;
    await until(async () => (await contents(chat, threadId)).length === 3, 'the text to be kept');
    expect(await contents(chat, threadId)).toEqual(['Is it there?', 'It is', 'sdk_hidden_context']);

    const { events } = await chat.post(wire.say(threadId, 'And now?'));
    expect(outline(events)).toContain('done assistant_message');
    expect(server.last.body.input).toMatchObject([
      { role: 'user' },
      { role: 'assistant', content: [{ text: 'It is' }] },
      { content: [{ text: expect.stringContaining('The user stopped the answer above') }] },
      { content: [{ text: 'And now?' }] },
    ]);
  });

  it('a tool that does not stop holds nothing up, and what it sends later is dropped', async () => {
    const server = (await OpenAiServer.start()).will(
      responding(message(['Wait.']), functionCall('work', { index: 1 })),
      responding(message(['Yes.'])),
    );
    const { work, go, late } = hanging();
    const chat = await serveAgent(new Agent({ name: 'test', model: responsesModel(server), tools: [work] }));
    const stream = await chat.open(wire.create('Work'));
    await stream.until(isProgress);
    const threadId = threadIdOf(stream);
    stream.leave();
    // The thread is free for the next run while the tool still hangs.
    const { events } = await chat.post(wire.say(threadId, 'And now?'));
    expect(outline(events)).toContain('done assistant_message');
    expect(JSON.stringify(server.last.body.input)).not.toContain('function_call');
    go.open();
    await late.settled.opened;
    expect(late.refused).toMatchObject({ code: 'run_ended' });
    expect(await contents(chat, threadId)).toEqual(['Work', 'Wait.', expect.any(String), 'And now?', 'Yes.']);
    expect(server.exchanges).toHaveLength(2); // the first run did not go on
  });

  it('the model’s request is closed in the middle of a thought, of which nothing is kept', async () => {
    const server = (await OpenAiServer.start()).will(
      { events: beginning(reasoning([['Let me see']])).slice(0, 4), end: NEVER },
      responding(message(['Yes.'])),
    );
    const chat = await serveAgent(new Agent({ name: 'test', model: responsesModel(server) }));
    const stream = await chat.open(wire.create('Think'));
    await stream.until(isThought);
    const threadId = threadIdOf(stream);
    stream.leave();
    await server.last.left;
    const { events } = await chat.post(wire.say(threadId, 'And now?'));
    expect(outline(events)).toContain('done assistant_message');
    expect((await contents(chat, threadId)).filter((each) => each === 'workflow')).toEqual([]);
  });

  it('before the model has said anything, its request is closed all the same', async () => {
    const server = (await OpenAiServer.start()).will({ events: [], end: NEVER });
    const chat = await serveAgent(new Agent({ name: 'test', model: responsesModel(server) }));
    const stream = await chat.open(wire.create('Hello'));
    await until(() => server.exchanges.length === 1);
    stream.leave();
    await server.last.left;
  });
});

describe('an answer that fails', () => {
  const text = message(['It is', ' in']).slice(0, 3);
  const response = (type: string, fields: object): ApiEvent => ({
    type: `response.${type}`,
    response: { status: type, output: [], ...fields },
  });
  const cases: [string, Script][] = [
    [
      'response.failed',
      { events: [response('failed', { error: { code: 'server_error', message: 'Out of luck' } })] },
    ],
    [
      'response.incomplete',
      { events: [response('incomplete', { incomplete_details: { reason: 'max_output_tokens' } })] },
    ],
    ['error', { events: [{ type: 'error', code: 'server_error', message: 'Out of luck' }] }],
    ['no end', { events: [] }],
    ['a broken connection', { events: [], end: 'broken' }],
  ];

  it.each(cases)(
    'with %s is an error, and what was shown of it is kept',
    async (_, { events: tail, ...script }) => {
      const shown = new Latch();
      const server = (await OpenAiServer.start()).will(
        { events: [...beginning(text), { until: shown.opened }, ...tail], ...script },
        responding(message(['Yes.'])),
      );
      const chat = await serveAgent(new Agent({ name: 'test', model: responsesModel(server) }));
      const stream = await chat.open(wire.create('Is it there?'));
      await stream.until(isDelta);
      shown.open();
      const events = await stream.end();
      expect(outline(events)).toEqual([
        'done user_message',
        'added assistant_message',
        '“It is”',
        'error stream.error',
      ]);
      expect(events.at(-1)).toMatchObject({ allow_retry: true });
      expect(JSON.stringify(events)).not.toContain('Out of luck');
      expect(chat.logger.messages('error')).toHaveLength(1);

      const threadId = threadIdOf({ events });
      expect(await contents(chat, threadId)).toEqual(['Is it there?', 'It is', 'sdk_hidden_context']);
      await chat.post(wire.say(threadId, 'And now?'));
      expect(JSON.stringify(server.last.body.input)).toContain('broke off before it was complete');
    },
  );

  it('with the store while it begins is an error, and the model’s request is closed', async () => {
    const server = (await OpenAiServer.start()).will({
      events: beginning(message(['It is', ' in', ' stock'])).slice(0, 4),
      end: NEVER,
    });
    let reads = 0;
    const store = interfere(new MemoryStore(), async ({ method }, proceed) => {
      if (method !== 'listItems') return proceed();
      reads += 1;
      if (reads === 1) return proceed(); // the history
      await until(() => server.exchanges.length === 1);
      throw new Error('Out of order');
    });
    const agent = new Agent({ name: 'test', model: responsesModel(server) });
    const chat = await serveAgent(agent, {}, { store });
    const { events } = await chat.post(wire.create('Is it there?'));
    expect(outline(events)).toEqual(['done user_message', 'error stream.error']);
    await server.last.left;
  });

  it('with a status is an error, and nothing is kept', async () => {
    const server = (await OpenAiServer.start()).will({ events: [], status: 500 });
    const chat = await serveAgent(new Agent({ name: 'test', model: responsesModel(server) }));
    const { events } = await chat.post(wire.create('Is it there?'));
    expect(outline(events)).toEqual(['done user_message', 'error stream.error']);
    expect(await contents(chat, threadIdOf({ events }))).toEqual(['Is it there?']);
  });
});

describe('an answer of Chat Completions', () => {
  const [role, text, , end] = chatAnswer(['It is', ' in']);
  const ending = (finish_reason: string): ApiEvent => ({
    ...end!,
    choices: [{ index: 0, delta: {}, finish_reason }],
  });
  const cases: [string, ApiEvent[], string][] = [
    ['that ends at the limit of tokens', [ending('length')], 'model_incomplete'],
    ['that a filter of content ends', [ending('content_filter')], 'model_incomplete'],
    ['that ends without an end', [], 'model_cut_off'],
  ];

  it.each(cases)('%s is an error, and what was shown of it is kept', async (_, tail, code) => {
    const server = (await OpenAiServer.start()).will([role!, text!, ...tail], chatAnswer(['Yes.']));
    const chat = await serveAgent(new Agent({ name: 'test', model: chatModel(server) }));
    const { events } = await chat.post(wire.create('Is it there?'));
    expect(outline(events)).toEqual([
      'done user_message',
      'added assistant_message',
      '“It is”',
      'error stream.error',
    ]);
    expect(chat.logger.lines).toContainEqual(
      expect.objectContaining({
        details: expect.objectContaining({ err: expect.objectContaining({ code }) }),
      }),
    );
    const threadId = threadIdOf({ events });
    expect(await contents(chat, threadId)).toEqual(['Is it there?', 'It is', 'sdk_hidden_context']);
    await chat.post(wire.say(threadId, 'And now?'));
    expect(JSON.stringify(server.last.body.messages)).toContain('broke off before it was complete');
  });
});
