import { Agent } from '@openai/agents';
import { assistantMessage as says, ScriptedModel } from '@openai/agents/testing';
import { z } from 'zod';
import {
  assistantMessage,
  ChatController,
  clientEffect,
  hiddenContext,
  OnAction,
  OnFeedback,
  OnMessage,
  OnTranscribe,
  replace,
  widget,
  type ChatContext,
  type UserMessageItem,
  type WidgetItem,
} from '../../../src';
import { runAgent } from '../../../src/agents';
import { openTelemetry, type OpenTelemetryOptions } from '../../../src/opentelemetry';
import { serveChat, threadIdOf } from '../../support/chat';
import { ended, measurements, record, spanNamed } from '../../support/recorded';
import * as wire from '../../support/requests';

record();

/** What a user writes or is, wherever that may be. */
const CANARY = 'canary-of-a-user';

const card = { type: 'Card', children: [{ type: 'Text', value: CANARY }] };

@ChatController()
class Chat {
  @OnMessage()
  async *reply(message: UserMessageItem | null, ctx: ChatContext) {
    const model = new ScriptedModel([[says(`Agent: ${CANARY}`)]]);
    yield* runAgent(new Agent({ name: 'helper', instructions: CANARY, model }), ctx);
    yield assistantMessage(message?.content[0]?.text ?? CANARY);
    yield hiddenContext(CANARY);
    yield widget(card);
    ctx.thread.title = CANARY;
  }

  @OnAction('select', { payload: z.object({ id: z.string() }) })
  async *select({ id }: { id: string }, ctx: ChatContext) {
    await ctx.store.putValue(CANARY, id);
    yield replace(ctx.sender, card);
    yield clientEffect('effect', { id });
  }

  @OnAction('throws', { payload: 'unchecked' })
  throws(_: unknown, ctx: ChatContext) {
    throw Object.assign(new Error(`Not found: ${JSON.stringify(ctx.action!.payload)}`), {
      code: `no ${CANARY}`,
    });
  }

  @OnAction('change', { sync: true, payload: 'unchecked' })
  change() {
    return card;
  }

  @OnFeedback()
  feedback(): void {
    // is only to be called
  }

  @OnTranscribe()
  transcribe() {
    return CANARY;
  }
}

/** A conversation in which the canary is in all that a client sends. */
async function converse(options?: OpenTelemetryOptions): Promise<string> {
  const chat = await serveChat({ controllers: [Chat], telemetry: openTelemetry(options) });
  const user = { user: CANARY };
  const threadId = threadIdOf(await chat.post(wire.create(CANARY), user));
  const item = (await chat.items(threadId, CANARY)).find(({ type }) => type === 'widget') as WidgetItem;
  await chat.post(wire.say(threadId, CANARY), user);
  await chat.post(wire.act(threadId, item.id, 'select', { id: CANARY }), user);
  await chat.post(wire.act(threadId, item.id, 'select', { id: 5, more: CANARY }), user);
  await chat.post(wire.act(threadId, item.id, 'throws', { id: CANARY }), user);
  await chat.post(wire.act(threadId, item.id, CANARY, { id: CANARY }), user);
  await chat.post(wire.act(CANARY, CANARY, 'select', { id: CANARY }), user);
  await chat.post(wire.actSync(threadId, item.id, 'change', { id: CANARY }), user);
  await chat.post(wire.feedback(threadId, [item.id]), user);
  await chat.post(wire.rename(threadId, CANARY), user);
  await chat.post(wire.getThread(threadId), user);
  await chat.post(wire.getThread(CANARY), user);
  await chat.post(wire.listThreads({ after: CANARY }), user);
  await chat.post(wire.listItems(threadId), user);
  await chat.post(wire.announce(CANARY), user);
  await chat.post(wire.dictate('aGk='), user);
  await chat.post({ type: CANARY, params: {} }, user);
  await chat.post(wire.deleteThread(threadId), user);
  await spanNamed('chatkit threads.delete');
  const spans = ended().map(({ name, attributes, events, status, links }) => ({
    ...{ name, attributes, events, status, links },
  }));
  expect(spans.length).toBeGreaterThan(60);
  return JSON.stringify([spans, await measurements()]);
}

test('nothing that users write, and not who they are, is in any span or metric', async () => {
  expect(await converse()).not.toContain(CANARY);
});

test('what clients send is there where that is wanted', async () => {
  await converse({ recordPayloads: true });
  const { attributes } = await spanNamed('chatkit threads.create');
  expect(attributes['chatkit.request.params']).toContain(CANARY);
  expect(attributes).not.toHaveProperty('user.id');
});

test('who asked is there where that is wanted', async () => {
  await converse({ recordOwner: true });
  const { attributes } = await spanNamed('chatkit threads.create');
  expect(attributes).toMatchObject({ 'user.id': CANARY });
  expect(attributes).not.toHaveProperty('chatkit.request.params');
});
