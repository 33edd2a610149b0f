import { added, ChatController, OnMessage, updated, type HandlerEvent } from '../../src';
import { serveChat, textOf, threadIdOf } from '../support/chat';
import * as wire from '../support/requests';

/* What is not kept of a message is not sent: the page would show what is not there after a reload. */

const PART = 'assistant_message.content_part';
const content = { type: 'output_text' as const, text: 'far', annotations: [] };
const annotation = {
  type: 'annotation' as const,
  source: { type: 'file' as const, title: 'F', filename: 'f' },
};

/** Every kind of update of a part. */
const UPDATES = {
  'a delta': (content_index: number) => ({ type: `${PART}.text_delta`, content_index, delta: 'far' }),
  'a part added': (content_index: number) => ({ type: `${PART}.added`, content_index, content }),
  'a part done': (content_index: number) => ({ type: `${PART}.done`, content_index, content }),
  'an annotation': (content_index: number) => ({
    type: `${PART}.annotation_added`,
    content_index,
    annotation_index: 0,
    annotation,
  }),
};

const answer = (update: object) => {
  @ChatController()
  class Answering {
    @OnMessage()
    *reply(): Generator<HandlerEvent> {
      yield added({ id: 'm', type: 'assistant_message', content: [{ ...content, text: 'Near.' }] });
      yield updated('m', update as never);
      yield updated('m', { type: `${PART}.text_delta`, content_index: 0, delta: ' Still.' } as never);
    }
  }
  return serveChat({ controllers: [Answering], mode: 'production' });
};

describe.each(Object.entries(UPDATES))('%s', (_, make) => {
  test('far behind the last part is neither sent nor kept, and the log says so', async () => {
    const chat = await answer(make(500));
    const reply = await chat.post(wire.create());
    expect(reply.types.filter((type) => type === 'thread.item.updated')).toHaveLength(1);
    expect(reply.text).not.toContain('"content_index":500');
    const stored = (await chat.items(threadIdOf(reply))).find(({ id }) => id === 'm');
    expect(textOf(stored)).toBe('Near. Still.');
    expect(chat.logger.lines).toContainEqual(
      expect.objectContaining({
        level: 'warn',
        details: expect.objectContaining({ code: 'part_too_far', where: 'Answering.reply' }) as object,
      }),
    );
  });

  test('near enough is sent and kept', async () => {
    const chat = await answer(make(101));
    const reply = await chat.post(wire.create());
    expect(reply.types.filter((type) => type === 'thread.item.updated')).toHaveLength(2);
    const stored = (await chat.items(threadIdOf(reply))).find(({ id }) => id === 'm');
    expect(stored).toHaveProperty('content.length', 102);
  });
});
