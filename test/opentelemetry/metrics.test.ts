import {
  assistantMessage,
  ChatController,
  ForbiddenError,
  OnAction,
  OnMessage,
  progress,
  UseGuards,
} from '../../src';
import { openTelemetry } from '../../src/opentelemetry';
import { serveChat } from '../support/chat';
import { measurements, record, spanNamed } from '../support/recorded';
import * as wire from '../support/requests';
import { Latch, until } from '../support/wait';

record();

let latch: Latch;
let begun: Latch;
beforeEach(() => {
  latch = new Latch();
  begun = new Latch();
});

@ChatController()
class Chat {
  @OnMessage()
  reply() {
    return assistantMessage('Hello.');
  }

  @OnAction('waits', { payload: 'unchecked' })
  async *waits() {
    yield progress('a');
    begun.open();
    await latch.opened;
  }

  @OnAction('refused', { payload: 'unchecked' })
  @UseGuards(() => false)
  refused(): void {
    // is not reached
  }

  @OnAction('throws', { payload: 'unchecked', sync: true })
  throws(): never {
    throw new ForbiddenError('No.', { code: 'not_yours' });
  }
}

async function serve() {
  const chat = await serveChat({ controllers: [Chat], telemetry: openTelemetry() });
  const threadId = await chat.newThread();
  await measurements(); // those of the new thread are not of interest
  return { chat, threadId };
}

test('the duration of requests, by operation and error', async () => {
  const { chat, threadId } = await serve();
  await chat.post(wire.say(threadId));
  await chat.post(wire.getThread('thr_x'));
  await chat.post(wire.act(threadId, undefined, 'refused'));
  expect((await measurements())['chatkit.request.duration']).toEqual({
    unit: 's',
    series: [
      { attributes: { 'chatkit.operation': 'threads.add_user_message' }, value: 1 },
      { attributes: { 'chatkit.operation': 'threads.get_by_id', 'error.type': 'not_found' }, value: 1 },
      { attributes: { 'chatkit.operation': 'threads.custom_action', 'error.type': 'forbidden' }, value: 1 },
    ],
  });
});

test('active streams, while they are active', async () => {
  const { chat, threadId } = await serve();
  const stream = await chat.open(wire.act(threadId, undefined, 'waits'));
  await begun.opened;
  const active = async (): Promise<unknown> => (await measurements())['chatkit.stream.active'];
  expect(await active()).toEqual({ unit: '{stream}', series: [{ attributes: {}, value: 1 }] });
  latch.open();
  await stream.end();
  await spanNamed('chatkit threads.custom_action');
  expect(await active()).toMatchObject({ series: [{ value: -1 }] });
});

test('events and bytes', async () => {
  const { chat, threadId } = await serve();
  const { events, text } = await chat.post(wire.say(threadId));
  await spanNamed('chatkit threads.add_user_message');
  const attributes = { 'chatkit.stream.ending': 'done' };
  const measured = await measurements();
  expect(measured['chatkit.stream.events']).toEqual({
    unit: '{event}',
    series: [{ attributes, value: events.length }],
  });
  expect(measured['chatkit.stream.io']).toEqual({
    unit: 'By',
    series: [{ attributes, value: Buffer.byteLength(text) }],
  });
});

test('errors of handlers, by method and code', async () => {
  const { chat, threadId } = await serve();
  await chat.post(wire.act(threadId, undefined, 'refused'));
  await chat.post(wire.actSync(threadId, undefined, 'throws'));
  await chat.post(wire.actSync(threadId, undefined, 'throws'));
  expect((await measurements())['chatkit.handler.errors']).toEqual({
    unit: '{error}',
    series: [
      { attributes: { 'code.function.name': 'Chat.refused', 'error.type': 'forbidden' }, value: 1 },
      { attributes: { 'code.function.name': 'Chat.throws', 'error.type': 'not_yours' }, value: 2 },
    ],
  });
});

test('waits for locks, without the tries that come before them', async () => {
  const { chat, threadId } = await serve();
  const first = await chat.open(wire.act(threadId, undefined, 'waits'));
  await begun.opened;
  const second = await chat.open(wire.act(threadId, undefined, 'waits')); // its headers are out: it waits
  latch.open();
  await Promise.all([first.end(), second.end()]);
  expect((await measurements())['chatkit.lock.wait_time']).toEqual({
    unit: 's',
    series: [{ attributes: { 'chatkit.lock.acquired': true }, value: 2 }],
  });
});

test('a duration is that of the whole stream', async () => {
  const { chat, threadId } = await serve();
  const stream = await chat.open(wire.act(threadId, undefined, 'waits'));
  await begun.opened;
  expect(await measurements()).not.toHaveProperty(['chatkit.request.duration']);
  latch.open();
  await stream.end();
  await until(async () => 'chatkit.request.duration' in (await measurements()), 'the duration');
});
