import 'reflect-metadata';
import { IsString } from 'class-validator';
import { z } from 'zod';
import {
  assistantMessage,
  ChatController,
  clientEffect,
  clientToolCall,
  CustomStreamError,
  defineAction,
  hiddenContext,
  OnAction,
  OnFeedback,
  OnMessage,
  replace,
  structuredInput,
  widget,
  type ChatContext,
  type FeedbackInput,
  type UserMessageItem,
} from '../../src';
import { Button, Card, ListView, ListViewItem, Text, Title } from '../../src/widgets/components';

class SelectItem {
  @IsString()
  id!: string;
}

export const selectItem = defineAction('item.select', SelectItem);
export const starItem = defineAction('item.star', SelectItem, { sync: true });
export const pay = defineAction('order.pay', z.object({ amount: z.number() }));
export const refresh = defineAction('order.refresh');

export const list = (selected?: string) =>
  ListView({
    children: ['a', 'b'].map((id) =>
      ListViewItem({
        onClickAction: selectItem({ id }),
        children: [
          Text({ value: `Item ${id}`, weight: id === selected ? 'bold' : 'normal' }),
          Button({ label: `Star ${id}`, onClickAction: starItem({ id }) }),
        ],
      }),
    ),
  });

export const order = (amount: number, state = 'open') =>
  Card({
    children: [
      Title({ value: `Order of ${String(amount)}` }),
      Text({ value: state }),
      Button({ label: 'Pay', onClickAction: pay({ amount }, { sign: ['amount'] }) }),
    ],
  });

/** The keys of the shop's signed action. */
export const signing = { keys: ['a key of thirty-two bytes at least'] };

/** A shop with all that the test kit tells of. */
@ChatController()
export class Shop {
  readonly feedback: FeedbackInput[] = [];
  /** What ran, in order; `ended` when a handler was left. */
  readonly ran: string[] = [];

  @OnMessage()
  async *reply(message: UserMessageItem | null, ctx: ChatContext<{ userId: string }>) {
    const text = message?.content[0]?.text ?? 'nothing';
    if (text === 'throw') throw new TypeError('secret reason');
    if (text === 'refuse') throw new CustomStreamError('Not today.');
    if (text === 'orders') {
      yield widget(order(10));
      yield widget(order(20));
    } else if (text === 'tool') yield clientToolCall('locate', {});
    else if (text === 'ask') yield structuredInput([{ type: 'freeform', id: 'city', question: 'Which?' }]);
    else if (text === 'count') yield* this.count();
    else {
      yield assistantMessage(`${ctx.requestContext.userId} said ${text} in ${ctx.locale}.`);
      yield widget(list());
    }
  }

  private *count() {
    try {
      for (const number of ['1', '2', '3', '4']) {
        this.ran.push(number);
        yield assistantMessage(number);
      }
    } finally {
      this.ran.push('ended');
    }
  }

  @OnAction(selectItem)
  *select({ id }: SelectItem, ctx: ChatContext) {
    if (ctx.sender !== null) yield replace(ctx.sender, list(id));
    yield hiddenContext(`<SELECTED>${id}</SELECTED>`);
    yield assistantMessage(`Selected ${id}.`);
    yield clientEffect('selection_mode', { itemId: id });
  }

  @OnAction(starItem)
  star({ id }: SelectItem, ctx: ChatContext) {
    if (id === 'gone') throw new TypeError('secret reason');
    return ctx.sender === null ? undefined : replace(ctx.sender, list(id));
  }

  @OnAction(pay, { signed: ['amount'] })
  *pay({ amount }: { amount: number }, ctx: ChatContext) {
    yield replace(ctx.sender, order(amount, 'paid'));
  }

  @OnAction(refresh)
  refresh(_payload: undefined, ctx: ChatContext) {
    return assistantMessage(`Sender: ${ctx.sender?.id ?? 'none'}.`);
  }

  @OnFeedback()
  rate(input: FeedbackInput) {
    this.feedback.push(input);
  }
}
