import { Agent, Runner as SdkRunner, tool } from '@openai/agents';
import { assistantMessage, ScriptedModel } from '@openai/agents/testing';
import { z } from 'zod';
import { agentContext, approvalRequest, chatRunner, step } from '../../../src/agents';
import type { ThreadStreamEvent } from '../../../src/protocol';
import { threadIdOf } from '../../support/chat';
import * as wire from '../../support/requests';
import { Latch, until } from '../../support/wait';
import { functionCall, message } from '../golden/stream';
import { outline } from '../support/chat';
import { responding } from '../support/scripts';
import { hanging, saying, serveWorkflow, startModels } from './support';

const Runner = chatRunner(SdkRunner);
const agent = (name: string) => new Agent({ name, model: 'gpt-5' });
const run = (name: string, input = name) => new Runner().run(agent(name), input);

const isDone = (event: ThreadStreamEvent): boolean =>
  event.type === 'thread.item.done' && event.item.type === 'assistant_message';
const isDelta = (event: ThreadStreamEvent): boolean =>
  event.type === 'thread.item.updated' && 'delta' in event.update;

describe('a workflow that misbehaves', () => {
  it('and throws, is an error after what it has shown', async () => {
    (await startModels()).will(saying('So far.'));
    const chat = await serveWorkflow(async () => {
      await run('A');
      throw new Error('Agent result is undefined');
    });
    const { events } = await chat.post(wire.create('Hello'));
    expect(outline(events)).toEqual([
      'done user_message',
      'added assistant_message',
      '“So far.”',
      'done assistant_message',
      'error stream.error',
    ]);
    expect(JSON.stringify(events)).not.toContain('Agent result is undefined');
  });

  it('and throws at once, as no async function does, is an error', async () => {
    const chat = await serveWorkflow(() => {
      throw new Error('at once');
    });
    expect(outline((await chat.post(wire.create('Hello'))).events)).toContain('error stream.error');
  });

  it('may handle what a run throws, and go on', async () => {
    (await startModels()).will({ events: [], status: 500 }, saying('The other one.'));
    const chat = await serveWorkflow(async () => {
      await run('A').catch(() => run('B'));
    });
    const { events } = await chat.post(wire.create('Hello'));
    expect(outline(events)).toContain('“The other one.”');
    expect(outline(events)).not.toContain('error stream.error');
  });

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a number', 7],
    ['a list', [{ message: 'x' }]],
    ['an object without a text', { output_parsed: { kind: 'refund' } }],
    ['structured output', { output_text: '{"kind":"refund"}', output_parsed: { kind: 'refund' } }],
    ['an empty text', '  '],
    ['an object that refers to itself', circular()],
    ['a function', () => 'x'],
  ])('and returns %s, shows nothing of that', async (_what, returned) => {
    const chat = await serveWorkflow((): unknown => returned);
    const { events } = await chat.post(wire.create('Hello'));
    expect(outline(events)).toEqual(['done user_message']);
  });

  it('and never ends, ends for the client who leaves', async () => {
    const server = (await startModels()).will(saying('Soon.'));
    const chat = await serveWorkflow(async () => {
      await run('A');
      await new Promise(() => undefined);
    });
    const stream = await chat.open(wire.create('Hello'));
    await stream.until(isDone);
    const threadId = threadIdOf(stream);
    stream.leave();
    server.will(saying('Again.'));
    const next = await chat.open(wire.say(threadId, 'Still there?')); // waits for the lock of the first
    await next.until(isDone);
    next.leave();
    expect(server.bodies).toHaveLength(2);
  });

  it('and runs two agents at once, shows one after the other in the order of their calls', async () => {
    const bothAsked = new Latch();
    const [begin, rest] = [
      responding(message(['First.'])).slice(0, 3),
      responding(message(['First.'])).slice(3),
    ];
    const server = await startModels();
    server.will([...begin, { until: bothAsked.opened }, ...rest], saying('Second.'));
    const chat = await serveWorkflow(async () => {
      const first = run('A');
      const second = run('B');
      await until(() => server.exchanges.length === 2, 'both to be asked');
      bothAsked.open();
      const results = await Promise.all([first, second]);
      return results.map(({ finalOutput }) => finalOutput).join(' ');
    });
    const { events } = await chat.post(wire.create('Hello'));
    expect(outline(events).filter((each) => each.startsWith('“'))).toEqual(['“First.”', '“Second.”']);
    expect(outline(events).at(-1)).toBe('done assistant_message');
    expect(JSON.stringify(events.at(-1))).toContain('First. Second.');
  });

  it('and fails in one of two at once, closes the request of the other', async () => {
    const server = (await startModels()).will({ events: [], status: 400 }, hanging('Never'));
    const chat = await serveWorkflow(async () => {
      const first = run('A');
      await until(() => server.exchanges.length === 1, 'the first to be asked');
      const second = run('B');
      await until(() => server.exchanges.length === 2, 'the second to be asked');
      await Promise.all([first, second]);
    });
    const { events } = await chat.post(wire.create('Hello'));
    expect(outline(events)).toContain('error stream.error');
    await server.last.left;
  });

  it('and leaves a run behind, shows it to its end', async () => {
    (await startModels()).will(saying('Left behind.'));
    const chat = await serveWorkflow(() => void run('A'));
    const { events } = await chat.post(wire.create('Hello'));
    expect(outline(events)).toContain('“Left behind.”');
  });

  it('and runs an agent after its turn was stopped, is told that it has ended', async () => {
    const server = (await startModels()).will(hanging('Never'));
    let outcome!: Promise<unknown>;
    const chat = await serveWorkflow(async () => {
      await run('A').catch(() => undefined);
      outcome = run('B');
      await outcome;
    });
    const stream = await chat.open(wire.create('Hello'));
    await stream.until(isDelta);
    stream.leave();
    await server.last.left;
    await until(() => (outcome as unknown) !== undefined, 'the next run to be started');
    await expect(outcome).rejects.toMatchObject({ code: 'run_ended' });
    expect(server.bodies).toHaveLength(1);
  });

  it.each([
    ['an agent', () => run('B')],
    ['an agent in a step', () => step('B', () => run('B'))],
    ['a step', () => step('B', () => 1)],
    ['the user', () => approvalRequest('Go on?')],
  ])(
    'and tries %s again and again after it was stopped, holds nothing up, and ends',
    async (_what, again) => {
      const server = (await startModels()).will(hanging('Never'));
      const tries = counted();
      const chat = await serveWorkflow(async () => {
        await run('A').catch(() => undefined);
        await tries.insist(again);
      });
      const stream = await chat.open(wire.create('Hello'));
      await stream.until(isDelta);
      stream.leave();
      await server.last.left;
      await until(() => tries.count === 100, 'it to be refused many times');
      await turnsOfTheLoop(200);
      expect(tries.count).toBe(100);
      expect(server.bodies).toHaveLength(1);
    },
  );

  it('and insists on an answer to its question in the same turn, holds nothing up', async () => {
    const tries = counted();
    const chat = await serveWorkflow(() => tries.insist(() => approvalRequest('Go on?')));
    const { events } = await chat.post(wire.create('Hello'));
    expect(outline(events)).toEqual(['done user_message', 'done widget']);
    await until(() => tries.count === 101, 'it to be refused many times');
  });

  it.each([
    ['its rule throws', () => run('A'), { show: refusesToShow }],
    ['its context is in use', () => Promise.all([sharing('A'), sharing('B')]), {}],
  ])(
    'and tries again and again where a run fails at once, since %s, holds nothing up',
    async (_, again, options) => {
      await startModels();
      const tries = counted();
      const chat = await serveWorkflow(
        ({ input_as_text: text }) => (text === 'Stop' ? 'Stopped.' : tries.insist(again)),
        options,
      );
      const stream = await chat.open(wire.create('Hello'));
      await stream.until(({ type }) => type === 'thread.created');
      await until(() => tries.count > 2, 'it to try again');
      stream.leave();
      const next = await chat.post(wire.say(threadIdOf(stream), 'Stop')); // waits for the lock of the first
      expect(JSON.stringify(next.events)).toContain('Stopped.');
      expect(tries.hasHeldUp).toBe(false);
    },
  );

  it('and runs an agent after its turn has ended, is told so', async () => {
    await startModels();
    let late!: Promise<unknown>;
    const isOver = new Latch();
    const chat = await serveWorkflow(() => {
      late = isOver.opened.then(() => run('A'));
      late.catch(() => undefined);
    });
    await chat.post(wire.create('Hello'));
    isOver.open();
    await expect(late).rejects.toMatchObject({ code: 'run_ended' });
  });

  it('and runs an agent in a tool of another, does not wait for itself, and shows the outer one', async () => {
    const server = (await startModels()).will(
      responding(functionCall('ask', { callId: 'call_1', id: 'fc_1' })),
      saying('Inner.'),
      saying('Outer.'),
    );
    const ask = tool({
      name: 'ask',
      description: 'Asks.',
      parameters: z.object({}),
      async execute(_, context) {
        await agentContext(context).progress('Asking');
        return (await run('Inner')).finalOutput;
      },
    });
    const outer = new Agent({ name: 'Outer', model: 'gpt-5', tools: [ask] });
    const chat = await serveWorkflow(async ({ input_as_text }) => {
      await new Runner().run(outer, input_as_text, { context: { user: 'Ada' } });
    });
    const { events } = await chat.post(wire.create('Hello'));
    expect(outline(events)).toEqual([
      'done user_message',
      'progress_update',
      'added assistant_message',
      '“Outer.”',
      'done assistant_message',
    ]);
    expect(server.bodies).toHaveLength(3);
  });
});

describe('the class of chatRunner() outside a chat', () => {
  it('behaves like the one of the SDK', async () => {
    const model = new ScriptedModel([[assistantMessage('Hello.')], [assistantMessage('Streamed.')]]);
    const scripted = new Agent({ name: 'A', model });
    const runner = new Runner({ workflowName: 'test' });
    expect(runner).toBeInstanceOf(SdkRunner);
    const result = await runner.run(scripted, 'Hi');
    expect(result.finalOutput).toBe('Hello.');
    expect('toStream' in result).toBe(false);
    const streamed = await runner.run(scripted, 'Hi', { stream: true });
    await streamed.completed;
    expect(streamed.finalOutput).toBe('Streamed.');
  });
});

const shared = { context: { user: 'Ada' } };
const sharing = (name: string) => new Runner().run(agent(name), name, shared);

function refusesToShow(): never {
  throw new Error('no rule');
}

/** Code that tries again whatever it is told; it gives up where the event loop stands still meanwhile. */
function counted() {
  let inThisTurn = 0;
  const tries = {
    count: 0,
    hasHeldUp: false,
    async insist(again: () => unknown): Promise<unknown> {
      for (;;) {
        try {
          return await again();
        } catch {
          tries.count += 1;
          inThisTurn += 1;
          setImmediate(() => (inThisTurn = 0));
          if (inThisTurn < 1000) continue;
          tries.hasHeldUp = true;
          throw new Error('The event loop stands still.');
        }
      }
    },
  };
  return tries;
}

async function turnsOfTheLoop(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await new Promise(setImmediate);
}

function circular(): object {
  const self: Record<string, unknown> = {};
  self['self'] = self;
  return self;
}
