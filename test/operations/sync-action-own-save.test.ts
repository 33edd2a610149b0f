import { ChatController, MemoryStore, OnAction, OnMessage, type ChatContext } from '../../src';
import { chatkit } from '../../src/fetch';

/** As it was done on servers that do not store what a sync action answers. */
@ChatController()
class SavesItself {
  calls = 0;

  @OnMessage()
  greet(): unknown {
    const widget = { type: 'Card', children: [] };
    return { type: 'thread.item.done', item: { id: 'w1', type: 'widget', widget } };
  }

  @OnAction('star', { sync: true, payload: 'unchecked' })
  async star(_: unknown, ctx: ChatContext): Promise<unknown> {
    this.calls += 1;
    const { id, thread_id, created_at } = ctx.sender!;
    const starred = {
      widget: { type: 'Card', children: [], status: { text: 'starred' } },
      type: 'widget' as const,
      created_at,
      thread_id,
      id,
    };
    await ctx.store.saveItem(starred);
    return starred;
  }
}

test('a sync handler may store its widget itself before it answers with it', async () => {
  const controller = new SavesItself();
  const chat = chatkit({ controllers: [controller], store: new MemoryStore(), owner: 'shared' });
  const headers = { 'content-type': 'application/json' };
  const send = (type: string, params: object): Promise<Response> =>
    chat(new Request('http://chat', { method: 'POST', headers, body: JSON.stringify({ type, params }) }));

  const input = { content: [{ type: 'input_text', text: 'Hi' }], attachments: [], inference_options: {} };
  const created = await (await send('threads.create', { input })).text();
  const thread_id = /"thread":\{"id":"([^"]+)"/.exec(created)![1];
  const answer = await send('threads.sync_custom_action', {
    thread_id,
    item_id: 'w1',
    action: { type: 'star' },
  });

  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject({
    updated_item: { id: 'w1', widget: { status: { text: 'starred' } } },
  });
  expect(controller.calls).toBe(1);
});
