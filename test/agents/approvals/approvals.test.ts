import * as sdk from '@openai/agents';
import { assistantMessage, functionCall, ScriptedModel } from '@openai/agents/testing';
import { z } from 'zod';
import { agentContext, agentController, runAgent, type ApprovalWidget } from '../../../src/agents';
import type { ChatContext } from '../../../src/context';
import { ChatController, OnMessage } from '../../../src/decorators';
import { MemoryStore } from '../../../src/stores';
import { serveChat, threadIdOf } from '../../support/chat';
import { interfere } from '../../support/failing-store';
import * as wire from '../../support/requests';
import { Latch, until } from '../../support/wait';
import { ask, press, serve, widgetsIn } from '../support/approvals';
import { outline } from '../support/chat';
import { shop } from '../support/shop';
import { slowToWrite } from '../support/slow-store';

describe('a tool that needs approval', () => {
  it('is asked for by a widget, runs when the user accepts, and the run goes on', async () => {
    const { agent, ran, model } = shop();
    const chat = await serve({ agent, ran, model });
    const { threadId, widgets } = await ask(chat);
    expect(widgets).toHaveLength(1);
    expect(ran).toEqual([]);
    const { action } = widgets[0]!.widget['confirm'] as { action: { payload: object } };
    expect(Object.keys(action.payload)).toEqual(['id']);

    const events = await press(chat, threadId, widgets[0]!, 'confirm');
    expect(ran).toEqual(['a']);
    expect(outline(events)).toEqual([
      'replaced widget',
      'progress_update',
      'added assistant_message',
      '“That is it.”',
      'done assistant_message',
    ]);
    expect(widgetsIn(events)[0]!.widget).not.toHaveProperty('confirm');
    expect(JSON.stringify(model.lastCall!.request.input)).toContain('a is deleted');
  });

  it('does not run when the user declines, and the model hears of it', async () => {
    const { agent, ran, model } = shop();
    const chat = await serve({ agent, ran, model });
    const { threadId, widgets } = await ask(chat);
    const events = await press(chat, threadId, widgets[0]!, 'cancel');
    expect(ran).toEqual([]);
    expect(outline(events)).toContain('“That is it.”');
    expect(JSON.stringify(model.lastCall!.request.input)).toContain('declined');
  });

  it('runs once, however often the button is pressed, on however many servers', async () => {
    const store = new MemoryStore();
    const one = shop();
    const chat = await serve(one, { store });
    const two = shop();
    const other = await serve(two, { store });
    const { threadId, widgets } = await ask(chat);
    two.model.enqueue([assistantMessage('By the other.')]);
    const presses = [chat, other, chat, other].map((each) => press(each, threadId, widgets[0]!, 'confirm'));
    const outcomes = await Promise.all(presses);
    expect([...one.ran, ...two.ran]).toEqual(['a']);
    expect(outcomes.filter((events) => outline(events).includes('notice'))).toHaveLength(3);
    expect(outline(await press(chat, threadId, widgets[0]!, 'cancel'))).toEqual(['notice']);
    expect([...one.ran, ...two.ran]).toEqual(['a']);
  });

  it('is asked for below the workflow of the run, which is closed', async () => {
    const one = shop();
    const note = sdk.tool({
      name: 'note',
      description: 'Notes a step.',
      parameters: z.object({}),
      async execute(_, run) {
        await agentContext(run).addWorkflowTask({ type: 'custom', title: 'Looking' });
        return 'noted';
      },
    });
    one.agent.tools.push(note);
    one.agent.model = new ScriptedModel([
      [functionCall('note', {}, { callId: 'call_n' })],
      [functionCall('delete', { id: 'a' }, { callId: 'call_a' })],
    ]);
    const chat = await serve(one);
    const { events } = await chat.post(wire.create('Delete it'));
    expect(outline(events).slice(1)).toEqual(['added workflow', 'done workflow', 'done widget']);
    const items = await chat.items(threadIdOf({ events }));
    expect(items.slice(1)).toMatchObject([{ workflow: { summary: { duration: 0 } } }, { type: 'widget' }]);
  });

  it('of several in one turn, the run goes on when all are decided', async () => {
    const { agent, ran, model } = shop(['a', 'b', 'c']);
    const chat = await serve({ agent, ran, model });
    const { threadId, widgets } = await ask(chat);
    expect(widgets).toHaveLength(3);
    expect(outline(await press(chat, threadId, widgets[1]!, 'confirm'))).toEqual(['replaced widget']);
    expect(outline(await press(chat, threadId, widgets[0]!, 'cancel'))).toEqual(['replaced widget']);
    expect(ran).toEqual([]);
    expect(outline(await press(chat, threadId, widgets[2]!, 'confirm'))).toContain('“That is it.”');
    expect(ran.toSorted()).toEqual(['b', 'c']);
  });

  it('of two decided at the same time on two servers, the run goes on on one of them', async () => {
    const store = new MemoryStore();
    const { threadId, widgets } = await ask(await serve(shop(['a', 'b']), { store }));
    let reads = 0;
    const bothHaveRead = new Latch();
    const slow = interfere(store, async ({ method, args }, proceed) => {
      const result: unknown = await proceed();
      if (method === 'getValue' && String(args[1]).startsWith('agents.approval.')) {
        reads += 1;
        if (reads === 2) bothHaveRead.open();
        await bothHaveRead.opened;
      }
      return result;
    });
    const shops = [shop(), shop()];
    const presses = shops.map(async (each, index) => {
      each.agent.model = new ScriptedModel([[assistantMessage('They are gone.')]]);
      return press(await serve(each, { store: slow }), threadId, widgets[index]!, 'confirm');
    });
    const outcomes = (await Promise.all(presses)).map(outline);
    expect(outcomes.filter((outcome) => outcome.includes('“They are gone.”'))).toHaveLength(1);
    expect(outcomes).toContainEqual(['replaced widget']);
    expect(shops.flatMap(({ ran }) => ran).toSorted()).toEqual(['a', 'b']);
  });

  it('expires when the user says something else first', async () => {
    const { agent, ran, model } = shop();
    const chat = await serve({ agent, ran, model });
    const { threadId, widgets } = await ask(chat);
    const { events } = await chat.post(wire.say(threadId, 'Leave it'));
    expect(outline(events).slice(0, 2)).toEqual(['done user_message', 'replaced widget']);
    expect(JSON.stringify(widgetsIn(events)[0])).toContain('Expired');
    expect(outline(await press(chat, threadId, widgets[0]!, 'confirm'))).toContain('notice');
    expect(ran).toEqual([]);
  });

  it('expires then also where it is accepted, but waits for another one', async () => {
    const one = shop(['a', 'b']);
    const chat = await serve(one);
    const { threadId, widgets } = await ask(chat);
    await press(chat, threadId, widgets[0]!, 'confirm');
    await chat.post(wire.say(threadId, 'Leave it'));
    const shown = (await chat.items(threadId)).filter(({ type }) => type === 'widget');
    expect(shown.map((item) => JSON.stringify(item))).toEqual([
      expect.stringContaining('Expired'),
      expect.stringContaining('Expired'),
    ]);
    expect(one.ran).toEqual([]);
  });

  it('does not run after its thirty days', async () => {
    const expiries: number[] = [];
    const store = interfere(new MemoryStore(), ({ method, args }, proceed) => {
      if (method === 'putValue' && String(args[1]).startsWith('agents.approval.')) {
        const options = args[3] as { expiresAt: number };
        expiries.push(options.expiresAt);
        options.expiresAt = Date.now() - 1; // as if they had passed
      }
      return proceed();
    });
    const one = shop();
    const chat = await serve(one, { store });
    const { threadId, widgets } = await ask(chat);
    expect(expiries[0]! - Date.now()).toBeCloseTo(30 * 24 * 60 * 60 * 1000, -5);
    expect(outline(await press(chat, threadId, widgets[0]!, 'confirm'))).toEqual(['notice']);
    expect(one.ran).toEqual([]);
  });

  it('expires where its agent is gone', async () => {
    const store = new MemoryStore();
    const chat = await serve(shop(), { store });
    const { threadId, widgets } = await ask(chat);
    const renamed = shop(['a'], 'another');
    const other = await serve(renamed, { store });
    const events = await press(other, threadId, widgets[0]!, 'confirm');
    expect(JSON.stringify(widgetsIn(events).at(-1))).toContain('Expired');
    expect(renamed.ran).toEqual([]);
  });

  it('expires where its tool is gone', async () => {
    const store = new MemoryStore();
    const { threadId, widgets } = await ask(await serve(shop(), { store }));
    const { agent } = shop();
    agent.tools = [];
    const other = await serve({ ...shop(), agent }, { store });
    const events = await press(other, threadId, widgets[0]!, 'confirm');
    expect(JSON.stringify(widgetsIn(events).at(-1))).toContain('Expired');
  });

  it('expires where the SDK does not read the state any more', async () => {
    const store = new MemoryStore();
    const one = shop();
    const chat = await serve(one, { store });
    const { threadId, widgets } = await ask(chat);
    const scope = { owner: 'alice', requestContext: {}, signal: new AbortController().signal };
    const { action } = widgets[0]!.widget['confirm'] as { action: { payload: { id: string } } };
    const key = `agents.approval.${action.payload.id.replace(/\.\d+$/, '')}`;
    const stored = store.getValue(scope, key);
    const value = stored!.value as { state: string };
    const state = JSON.stringify({ ...(JSON.parse(value.state) as object), $schemaVersion: '99.0' });
    store.putValue(scope, key, { ...value, state });
    const events = await press(chat, threadId, widgets[0]!, 'confirm');
    expect(JSON.stringify(widgetsIn(events).at(-1))).toContain('Expired');
    expect(one.ran).toEqual([]);
    expect(chat.logger.messages('warn')).toContainEqual(expect.stringContaining('cannot be read'));
  });

  it('is not decided from another thread', async () => {
    const one = shop();
    const chat = await serve(one);
    const { threadId, widgets } = await ask(chat);
    one.model.enqueue([assistantMessage('Hello.')]);
    const other = threadIdOf(await chat.post(wire.create('Hello')));
    const { action } = widgets[0]!.widget['confirm'] as { action: { type: string; payload: object } };
    const { events } = await chat.post(wire.act(other, undefined, action.type, action.payload));
    expect(outline(events)).toEqual(['notice']);
    expect(one.ran).toEqual([]);
    expect(outline(await press(chat, threadId, widgets[0]!, 'confirm'))).toContain('progress_update');
  });

  it('keeps nothing of the request’s context in the store', async () => {
    const values: string[] = [];
    const store = new MemoryStore();
    const put = store.putValue.bind(store);
    store.putValue = (scope, key, value, options) => {
      values.push(JSON.stringify(value));
      return put(scope, key, value, options);
    };
    const chat = await serve(shop(), { store });
    await ask(chat);
    expect(values.join()).toContain('delete');
    expect(values.join()).not.toContain('alice');
  });

  it('is an error that says so where no controller handles the answer', async () => {
    const chat = await serve(shop(), { agents: null });
    const { events } = await chat.post(wire.create('Delete it'));
    expect(outline(events).at(-1)).toBe('error stream.error');
    expect(chat.logger.lines.at(-1)).toMatchObject({ details: { code: 'approval_without_controller' } });
  });

  it('is that error too where the controller of its agent is not among those of the application', async () => {
    const one = shop();
    agentController({ agents: [one.agent] });
    const chat = await serve(one, { agents: null });
    const { events } = await chat.post(wire.create('Delete it'));
    expect(outline(events).at(-1)).toBe('error stream.error');
    expect(chat.logger.lines.at(-1)).toMatchObject({ details: { code: 'approval_without_controller' } });
  });

  it('is an error, and not asked for, where the state of the run could not be read again', async () => {
    let copy!: typeof sdk;
    jest.isolateModules(() => (copy = jest.requireActual('@openai/agents'))); // another copy
    const one = shop();
    const agent = new copy.Agent({ name: 'copy', model: one.model, tools: one.agent.tools });
    const runner = new copy.Runner();
    @ChatController()
    class Controller {
      @OnMessage()
      reply(_message: unknown, ctx: ChatContext) {
        return runAgent(agent, ctx, { runner });
      }
    }
    const controllers = [new Controller(), agentController({ agents: [agent], runner })];
    const chat = await serveChat({ controllers });
    const { events } = await chat.post(wire.create('Delete it'));
    expect(outline(events).at(-1)).toBe('error stream.error');
    expect(JSON.stringify(chat.logger.lines.at(-1))).toContain('agent_of_another_copy');
  });

  it('is asked for by all of its widgets, though the client leaves after the first', async () => {
    const one = shop(['a', 'b', 'c']);
    const chat = await serve(one, { store: slowToWrite(new MemoryStore(), 15) });
    const stream = await chat.open(wire.create('Delete them'));
    await stream.until((event) => event.type === 'thread.item.done' && event.item.type === 'widget');
    stream.leave();
    const threadId = threadIdOf(stream);
    const widgets = async () => (await chat.items(threadId)).filter((item) => item.type === 'widget');
    await until(async () => (await widgets()).length === 3, 'the widgets');
    for (const widget of await widgets()) await press(chat, threadId, widget, 'confirm');
    expect(one.ran.toSorted()).toEqual(['a', 'b', 'c']);
  });

  it('is asked for by no widget where one of them cannot be built', async () => {
    const widget: ApprovalWidget = ({ input, accept, decline }) => {
      if ((input as { id: string }).id === 'b') throw new Error('The shop is closed.');
      return {
        type: 'Card',
        children: [],
        confirm: { label: 'Yes', action: accept },
        cancel: { label: 'No', action: decline },
      };
    };
    const chat = await serve(shop(['a', 'b']), { widget });
    const { events } = await chat.post(wire.create('Delete them'));
    expect(outline(events).slice(-2)).toEqual(['done assistant_message', 'error stream.error']);
  });

  it('is asked for by a widget of the application', async () => {
    const widget: ApprovalWidget = ({ toolName, input, status, accept, decline }) => ({
      type: 'Card',
      children: [{ type: 'Text', value: `${toolName} ${(input as { id: string }).id}: ${status}` }],
      confirm: { label: 'Yes', action: accept },
      cancel: { label: 'No', action: decline },
    });
    const one = shop();
    const chat = await serve(one, { widget });
    const { threadId, widgets } = await ask(chat);
    expect(widgets[0]!.widget).toMatchObject({ children: [{ value: 'delete a: pending' }] });
    const events = await press(chat, threadId, widgets[0]!, 'confirm');
    expect(widgetsIn(events)[0]!.widget).toMatchObject({ children: [{ value: 'delete a: accepted' }] });
    expect(one.ran).toEqual(['a']);
  });

  it('runs all the same where the widget of the application cannot be built when it is decided', async () => {
    const widget: ApprovalWidget = ({ status, accept, decline }) => {
      if (status !== 'pending') throw new Error('The shop is closed.');
      return {
        type: 'Card',
        children: [],
        confirm: { label: 'Yes', action: accept },
        cancel: { label: 'No', action: decline },
      };
    };
    const one = shop();
    const chat = await serve(one, { widget });
    const { threadId, widgets } = await ask(chat);
    const events = await press(chat, threadId, widgets[0]!, 'confirm');
    expect(JSON.stringify(widgetsIn(events)[0])).toContain('Accepted');
    expect(outline(events)).toContain('“That is it.”');
    expect(one.ran).toEqual(['a']);
    expect(chat.logger.messages('error')).toEqual([expect.stringContaining('cannot be built')]);
  });
});
