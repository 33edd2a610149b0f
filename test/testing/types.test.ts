import { expectTypeOf } from 'expect-type';
import { z } from 'zod';
import type { ThreadState } from '../../src/client';
import type { WidgetItem } from '../../src/protocol';
import { defineAction } from '../../src/widgets';
import { testChat, type ChatResult } from '../../src/testing';
import { pay, refresh, selectItem, Shop, signing, starItem } from './shop';

/** What the compiler checks of a test, and the app then refuses. */
async function wrongPayloads(): Promise<unknown[]> {
  const chat = testChat({ controllers: [new Shop()], signing });
  await chat.send('hello');
  const sent = [
    // @ts-expect-error -- id is a text
    chat.action(selectItem, { id: 1 }),
    // @ts-expect-error -- and must be there
    chat.action(selectItem),
    // @ts-expect-error -- of a schema's payload too
    chat.action(pay, { amount: '10' }),
  ];
  return (await Promise.all(sent)).map(({ error }) => error);
}

it('takes the payload of an action definition, and no other', async () => {
  expect(await wrongPayloads()).not.toContain(undefined);
});

it('takes words of an enum as they stand, and what is optional not at all', () => {
  const chat = testChat({ controllers: [new Shop()], signing });
  const choose = defineAction(
    'choose',
    z.object({ size: z.enum(['s', 'l']), tags: z.array(z.literal('new')) }),
  );
  const chooseAtOnce = defineAction('choose', z.object({ size: z.enum(['s', 'l']) }), { sync: true });
  const note = defineAction('note', z.object({ text: z.string() }).optional());
  const calls = () => [
    chat.action(choose, { size: 's', tags: ['new'] }),
    chat.syncAction(chooseAtOnce, { size: 'l' }),
    // @ts-expect-error -- no such size
    chat.action(choose, { size: 'xl', tags: [] }),
    chat.action(note),
    chat.action(note, { text: 'Hi' }),
  ];
  expect(calls).toBeInstanceOf(Function);
});

it('tells sync actions from streaming ones', () => {
  const chat = testChat({ controllers: [new Shop()], signing });
  const calls = () => [
    // @ts-expect-error -- it is a sync action
    chat.action(starItem, { id: 'a' }),
    // @ts-expect-error -- it is none
    chat.syncAction(selectItem, { id: 'a' }),
    chat.syncAction(starItem, { id: 'a' }),
    chat.action(refresh),
    chat.action(refresh, undefined, { sender: null, hangUpAfter: 1 }),
    chat.action('any.name', 7),
  ];
  expect(calls).toBeInstanceOf(Function);
});

it('has typed results', () => {
  expectTypeOf<ChatResult['widgets']>().toEqualTypeOf<readonly WidgetItem[]>();
  expectTypeOf<ChatResult['messages']>().toEqualTypeOf<readonly string[]>();
  expectTypeOf<ChatResult['thread']>().toEqualTypeOf<ThreadState>();
});

it("has users of the type that the app's owner reads", () => {
  const chat = testChat({
    controllers: [new Shop()],
    signing,
    owner: ({ id }: { id: string }) => id,
    user: { id: 'ada' },
  });
  const others = () => [
    chat.as({ id: 'bob' }),
    // @ts-expect-error -- another type
    chat.as({ name: 'bob' }),
  ];
  expect(others).toBeInstanceOf(Function);
});
