import { Agent } from '@openai/agents';
import { assistantMessage, ScriptedModel } from '@openai/agents/testing';
import { z } from 'zod';
import { loadHistory, runAgent, toAgentInput } from '../../../src/agents';
import type { ChatContext } from '../../../src/context';
import { ChatController, OnAction, OnMessage } from '../../../src/decorators';
import { widget } from '../../../src/events';
import { defineAction } from '../../../src/widgets';
import { serveChat, threadIdOf } from '../../support/chat';
import * as wire from '../../support/requests';
import { assistantSays, item, userSays } from '../support/items';

const PICTURE = `data:image/png;base64,${'A'.repeat(400_000)}`;

describe('what a model does not read', () => {
  it('are the signatures of actions in widgets', async () => {
    const confirm = defineAction('order.confirm', z.object({ id: z.string() }));
    const model = new ScriptedModel([[assistantMessage('Done.')]]);
    const agent = new Agent({ name: 'test', model });
    @ChatController()
    class Controller {
      @OnMessage()
      reply(message: { content: { text: string }[] }, ctx: ChatContext) {
        if (message.content[0]!.text !== 'Show it') return runAgent(agent, ctx);
        const onClickAction = confirm({ id: 'order_7' }, { sign: ['id'] });
        return widget({ type: 'Card', children: [{ type: 'Button', label: 'OK', onClickAction }] });
      }

      @OnAction(confirm, { signed: ['id'] })
      confirm() {
        return undefined;
      }
    }
    const signing = { keys: ['a key of thirty-two bytes or even more'] };
    const chat = await serveChat({ controllers: [new Controller()], signing });
    const shown = await chat.post(wire.create('Show it'));
    expect(shown.text).toContain('$signature'); // or there is nothing to leave out
    await chat.post(wire.say(threadIdOf(shown), 'What is it?'));
    const read = JSON.stringify(model.lastCall!.request.input);
    expect(read).toContain('order_7');
    expect(read).not.toContain('$signature');
  });

  it('are the bytes of pictures in widgets', async () => {
    const shown = item({
      type: 'widget',
      widget: { type: 'Card', children: [{ type: 'Image', src: PICTURE }] },
    });
    expect(JSON.stringify(await toAgentInput(shown))).toContain('"src\\":\\"data:image/png;base64,…\\"');
  });
});

describe('the estimate of tokens', () => {
  /** How many of these items are loaded, the newest first. */
  async function loaded(items: ReturnType<typeof item>[], maxTokens: number): Promise<number> {
    const listItems = () => Promise.resolve({ data: items.toReversed(), has_more: false });
    const ctx = { store: { listItems }, thread: { id: 'thr_1' }, message: null } as unknown as ChatContext;
    return (await loadHistory(ctx, { maxTokens })).length;
  }

  it('takes a picture as 1,000, however long its URL is', async () => {
    const image = item({ type: 'generated_image', image: { id: 'img_1', url: PICTURE } });
    const items = [userSays('Draw it'), image, assistantSays('There.')];
    expect(await loaded(items, 2_000)).toBe(3);
    expect(await loaded(items, 1_000)).toBe(1);
  });

  it('takes an attachment as 1,000', async () => {
    const file = { type: 'file', id: 'atc_1', name: 'a.pdf', mime_type: 'application/pdf' };
    const items = [userSays('See', { attachments: [file, file] }), assistantSays('I see.')];
    expect(await loaded(items, 3_000)).toBe(2);
    expect(await loaded(items, 2_000)).toBe(1);
  });
});
