import { assistantMessage, functionCall, ScriptedModel } from '@openai/agents/testing';
import { agentController, runAgent } from '../../../src/agents';
import type { ChatContext } from '../../../src/context';
import { ChatController, Context, OnAction, OnMessage } from '../../../src/decorators';
import { assistantMessage as says } from '../../../src/events';
import { serveChat, threadIdOf, type TestChat } from '../../support/chat';
import * as wire from '../../support/requests';
import { ask, press, serve, widgetsIn } from '../support/approvals';
import { outline } from '../support/chat';
import { shop, type Shop } from '../support/shop';

const deletes = (id: string) => [functionCall('delete', { id }, { callId: `call_${id}` })];

/** A chat with two ways to an agent: a message, and a button of the page; and one to none. */
function serveBoth({ agent }: Shop): Promise<TestChat> {
  @ChatController()
  class Controller {
    @OnMessage()
    reply(message: { content: { text: string }[] }, ctx: ChatContext) {
      return message.content[0]?.text === 'Hello' ? says('Hello.') : runAgent(agent, ctx);
    }

    @OnAction('tidy')
    tidy(@Context() ctx: ChatContext) {
      return runAgent(agent, ctx);
    }
  }
  return serveChat({ controllers: [new Controller(), agentController({ agents: [agent] })] });
}

describe('runs that wait for approval in one thread', () => {
  it('wait beside each other, and each goes on by its own button', async () => {
    const one = shop();
    one.agent.model = new ScriptedModel([
      deletes('a'),
      deletes('b'),
      [assistantMessage('b is gone.')],
      [assistantMessage('a is gone.')],
    ]);
    const chat = await serveBoth(one);
    const { threadId, widgets } = await ask(chat);
    const { events } = await chat.post(wire.act(threadId, undefined, 'tidy', {}));
    expect(outline(events)).toEqual(['done widget']);
    expect(outline(await press(chat, threadId, widgetsIn(events)[0]!, 'confirm'))).toContain('“b is gone.”');
    expect(outline(await press(chat, threadId, widgets[0]!, 'confirm'))).toContain('“a is gone.”');
    expect(one.ran).toEqual(['b', 'a']);
  });

  it('wait on where the handler runs another agent in the same turn', async () => {
    const [one, two] = [shop(), shop(['b'], 'two')];
    @ChatController()
    class Controller {
      @OnMessage()
      async *reply(_message: unknown, ctx: ChatContext) {
        yield* runAgent(one.agent, ctx);
        yield* runAgent(two.agent, ctx);
      }
    }
    const approvals = agentController({ agents: [one.agent, two.agent] });
    const chat = await serveChat({ controllers: [new Controller(), approvals] });
    const { threadId, widgets } = await ask(chat);
    expect(widgets).toHaveLength(2);
    for (const widget of widgets) await press(chat, threadId, widget, 'confirm');
    expect([...one.ran, ...two.ran]).toEqual(['a', 'b']);
  });

  it('expire all when the user says something else', async () => {
    const one = shop();
    one.agent.model = new ScriptedModel([deletes('a'), deletes('b'), [assistantMessage('Well.')]]);
    const chat = await serveBoth(one);
    const { threadId } = await ask(chat);
    await chat.post(wire.act(threadId, undefined, 'tidy', {}));
    const { events } = await chat.post(wire.say(threadId, 'Leave it'));
    expect(outline(events).filter((each) => each === 'replaced widget')).toHaveLength(2);
    expect(JSON.stringify(widgetsIn(events)).match(/Expired/g)).toHaveLength(2);
  });

  it('expire also where they had gone on before, and wait again', async () => {
    const one = shop();
    one.agent.model = new ScriptedModel([deletes('a'), deletes('b'), [assistantMessage('Well.')]]);
    const chat = await serve(one);
    const { threadId, widgets } = await ask(chat);
    const [, again] = widgetsIn(await press(chat, threadId, widgets[0]!, 'confirm'));
    expect(one.ran).toEqual(['a']);
    const { events } = await chat.post(wire.say(threadId, 'Leave it'));
    expect(JSON.stringify(widgetsIn(events))).toContain('Expired');
    expect(outline(await press(chat, threadId, again!, 'confirm'))).toEqual(['notice']);
    expect(one.ran).toEqual(['a']);
  });

  it('expire at the click where the message was answered without the agent', async () => {
    const one = shop();
    const chat = await serveBoth(one);
    const { threadId, widgets } = await ask(chat);
    await chat.post(wire.say(threadId, 'Hello'));
    const events = await press(chat, threadId, widgets[0]!, 'confirm');
    expect(outline(events)).toEqual(['replaced widget', 'notice']);
    expect(JSON.stringify(widgetsIn(events))).toContain('Expired');
    expect(one.ran).toEqual([]);
  });

  it('are forgotten where a retry has deleted their widgets', async () => {
    const one = shop();
    const chat = await serve(one);
    const { events } = await chat.post(wire.create('Delete it'));
    const user = events.find(({ type }) => type === 'thread.item.done')!;
    const retried = await chat.post(wire.retry(threadIdOf({ events }), 'item' in user ? user.item.id : ''));
    expect(outline(retried.events)).toContain('“That is it.”');
    const outcome = await press(chat, threadIdOf({ events }), widgetsIn(events)[0]!, 'confirm').catch(
      () => [],
    );
    expect(outline(outcome)).not.toContain('progress_update');
    expect(one.ran).toEqual([]);
  });
});
