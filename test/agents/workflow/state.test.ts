import { Agent, Runner as SdkRunner } from '@openai/agents';
import { expectTypeOf } from 'expect-type';
import {
  approvalRequest,
  chatRunner,
  runWorkflow,
  step,
  workflowController,
  workflowState,
} from '../../../src/agents';
import type { ChatContext } from '../../../src/context';
import { ChatController, OnAction, OnMessage } from '../../../src/decorators';
import { assistantMessage } from '../../../src/events';
import { MemoryStore } from '../../../src/stores';
import { serveChat, textOf, threadIdOf } from '../../support/chat';
import { interfere } from '../../support/failing-store';
import * as wire from '../../support/requests';
import { Latch } from '../../support/wait';
import { outline } from '../support/chat';
import { hanging, press, saying, serveWorkflow, startModels, widgetsIn } from './support';

const Runner = chatRunner(SdkRunner);
const agent = new Agent({ name: 'A', model: 'gpt-5' });
const shopState = workflowState('shop', () => ({ turns: 0, seen: [] as string[], note: '' }));

const same = (state: object): object => state;

async function countTurns({ input_as_text: text }: { input_as_text: string }) {
  const state = await shopState.use();
  state.turns += 1;
  state.seen.push(text);
  return `${String(state.turns)}: ${state.seen.join()} ${state.note}`.trim();
}

describe('workflowState()', () => {
  it('outlives turns and processes, for its thread alone', async () => {
    const store = new MemoryStore();
    const chat = await serveWorkflow(countTurns, {}, { store });
    const threadId = threadIdOf(await chat.post(wire.create('one')));
    const restarted = await serveWorkflow(countTurns, {}, { store });
    await restarted.post(wire.say(threadId, 'two'));
    await restarted.post(wire.say(threadId, 'three'));
    const texts = (await restarted.items(threadId)).map(textOf);
    expect(texts.filter((_, index) => index % 2 === 1)).toEqual(['1: one', '2: one,two', '3: one,two,three']);
    const other = threadIdOf(await restarted.post(wire.create('else')));
    expect((await restarted.items(other)).map(textOf).at(-1)).toBe('1: else');
  });

  it('has the type of what it begins with, and the same object wherever it is used in a turn', async () => {
    let isSame = false;
    const chat = await serveWorkflow(async () => {
      const [state, again] = await Promise.all([shopState.use(), shopState.use()]);
      expectTypeOf(state).toEqualTypeOf<{ turns: number; seen: string[]; note: string }>();
      isSame =
        state === again && state === (await step('look', () => shopState.use()).then(() => shopState.use()));
    });
    await chat.post(wire.create('Hello'));
    expect(isSame).toBe(true);
  });

  it('is what a thread begins with where there is none', async () => {
    expect(await shopState.use()).toEqual({ turns: 0, seen: [], note: '' });
  });

  it('is as it was for a turn that is played again, and is kept once', async () => {
    const seen: number[] = [];
    const chat = await serveWorkflow(async () => {
      const state = await shopState.use();
      seen.push(state.turns);
      state.turns += 1;
      if (await approvalRequest('Go on?')) state.turns += 10;
      return String(state.turns);
    });
    const { events } = await chat.post(wire.create('Hello'));
    const threadId = threadIdOf({ events });
    await press(chat, threadId, widgetsIn(events)[0]!, 'confirm');
    const next = await chat.post(wire.say(threadId));
    await press(chat, threadId, widgetsIn(next.events)[0]!, 'cancel');
    expect(seen).toEqual([0, 0, 11, 11]);
    expect((await chat.items(threadId)).map(textOf).at(-1)).toBe('12');
  });

  it('is not kept of a turn that throws, or is stopped', async () => {
    const server = await startModels();
    let turn = 0;
    const chat = await serveWorkflow(async () => {
      const state = await shopState.use();
      state.turns += 1;
      turn += 1;
      if (turn === 1) throw new Error('Not yet.');
      if (turn === 2) await new Runner().run(agent, 'Hello');
      return String(state.turns);
    });
    const threadId = threadIdOf(await chat.post(wire.create('Hello')));
    server.will(hanging('Never'));
    const stream = await chat.open(wire.say(threadId));
    await stream.until((event) => event.type === 'thread.item.updated');
    stream.leave();
    await server.last.left;
    await chat.post(wire.say(threadId));
    expect((await chat.items(threadId)).map(textOf).at(-1)).toBe('1');
  });

  it('is changed by actions, whose changes of other fields survive a turn that waited', async () => {
    const store = new MemoryStore();
    @ChatController()
    class Shop {
      @OnMessage()
      reply(_message: unknown, ctx: ChatContext) {
        return runWorkflow(async () => {
          const state = await shopState.use();
          state.turns += 1;
          await approvalRequest('Go on?');
        }, ctx);
      }

      @OnAction('note', { payload: 'unchecked' })
      async note(_payload: unknown, ctx: ChatContext) {
        const { note } = await shopState.update(ctx, (state) => {
          state.note = 'by an action';
          state.turns = 100;
        });
        return assistantMessage(note);
      }

      @OnAction('tell', { payload: 'unchecked' })
      async tell(_payload: unknown, ctx: ChatContext) {
        const state = await shopState.load(ctx);
        await shopState.clear(ctx);
        return assistantMessage(`${JSON.stringify(state)} ${JSON.stringify(await shopState.load(ctx))}`);
      }
    }
    const chat = await serveChat({ controllers: [new Shop(), workflowController()], store });
    const { events } = await chat.post(wire.create('Hello'));
    const threadId = threadIdOf({ events });
    await chat.post(wire.act(threadId, undefined, 'note'));
    await press(chat, threadId, widgetsIn(events)[0]!, 'confirm');
    const told = await chat.post(wire.act(threadId, undefined, 'tell'));
    const begun = '{"turns":0,"seen":[],"note":""}';
    expect(textOf((await chat.items(threadId)).at(-1))).toBe(
      `{"turns":1,"seen":[],"note":"by an action"} ${begun}`,
    );
    expect(outline(told.events)).toEqual(['done assistant_message']);
  });

  it('loses no change of two at once, and says so where it cannot be kept', async () => {
    let others = 1;
    const memory = new MemoryStore();
    const store = interfere(memory, async ({ method, args }, proceed) => {
      const result = await proceed();
      const [scope, key] = args as [never, string];
      if (method === 'getValue' && key.startsWith('agents.workflow-state.') && others > 0) {
        others -= 1;
        const there = memory.getValue(scope, key)?.value as { turns: number } | undefined;
        memory.putValue(scope, key, { turns: (there?.turns ?? 0) + 1000, seen: [], note: 'other' });
      }
      return result;
    });
    const chat = await serveWorkflow(
      async () => {
        const state = await shopState.use();
        state.seen.push('mine');
      },
      {},
      { store },
    );
    others = 0;
    const threadId = threadIdOf(await chat.post(wire.create('Hello')));
    others = 2; // at the load, and at the first attempt to keep it
    await chat.post(wire.say(threadId));
    const { value } = memory.getValue(
      { owner: 'alice', requestContext: {}, signal: new AbortController().signal },
      `agents.workflow-state.${threadId}.shop`,
    )!;
    expect(value).toEqual({ turns: 2000, seen: ['mine', 'mine'], note: 'other' });
    others = Infinity;
    await chat.post(wire.say(threadId));
    expect(chat.logger.lines.at(-1)).toMatchObject({ details: { code: 'state_not_kept' } });
  });

  it.each([
    ['a Date from the beginning', () => ({ at: new Date() }), same, '.at is a Date'],
    ['a list', () => [] as string[], same, 'it is a list'],
    [
      'a bigint',
      () => ({ n: 1 as unknown }),
      (state: object) => Object.assign(state, { n: 1n }),
      '.n is a bigint',
    ],
    [
      'itself',
      () => ({}),
      (state: object) => Object.assign(state, { self: state }),
      '.self is a circular reference',
    ],
  ])(
    'refuses what a later turn would not get back, and names it: %s',
    async (_what, initial, change, named) => {
      const odd = workflowState<object>('odd', initial);
      const chat = await serveWorkflow(async () => void change(await odd.use()));
      await chat.post(wire.create('Hello'));
      const line = chat.logger.lines.at(-1);
      expect(line).toMatchObject({ details: { code: 'state_not_plain' } });
      expect(line!.message).toContain(named);
    },
  );

  it('may be used by tools of the turn, as it was kept', async () => {
    (await startModels()).will(saying('Hello.'));
    const chat = await serveWorkflow(async () => {
      const latch = new Latch();
      setImmediate(() => latch.open());
      await latch.opened;
      const state = await shopState.use();
      state.turns += 1;
      await new Runner().run(agent, 'Hello');
      return String(state.turns);
    });
    const { events } = await chat.post(wire.create('Hello'));
    expect(outline(events).at(-1)).toBe('done assistant_message');
  });
});
