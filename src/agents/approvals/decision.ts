import type { ChatContext, HandlerEvent } from '../../context';
import { ChatController, OnAction } from '../../decorators';
import type { ActionConfig, WidgetComponent, WidgetRoot } from '../../protocol';
import { defineAction } from '../../widgets';
import { z } from 'zod';

const payload = z.object({ id: z.string().max(100) });

/** Defines the action of a button that decides a question. The payload contains the id of the question. */
export const decisionAction = <const N extends string>(name: N) => defineAction(name, payload);

/** The status of a question to the user. */
export type DecisionStatus = 'pending' | 'accepted' | 'declined' | 'expired';

const STATUS = { accepted: 'Accepted', declined: 'Declined', expired: 'Expired' } as const;

/** A card with two buttons while the question is open, then with its status. */
export function decisionCard(
  children: readonly WidgetComponent[],
  { status, accept, decline }: { status: DecisionStatus; accept: ActionConfig; decline: ActionConfig },
): WidgetRoot {
  if (status !== 'pending')
    return { type: 'Card', children: [...children, { type: 'Caption', value: STATUS[status] }] };
  return {
    type: 'Card',
    children: [...children],
    confirm: { label: 'Accept', action: accept },
    cancel: { label: 'Decline', action: decline },
  };
}

type Decide = (payload: { id: string }, ctx: ChatContext) => AsyncIterable<HandlerEvent>;

/**
 * Makes a class the controller of two actions. It calls the decorators as functions, because compiled
 * decorator syntax needs a helper package of the compiler at run time.
 */
export function handlesDecisions(
  controller: abstract new (...args: never[]) => Record<'accept' | 'decline', Decide>,
  actions: Readonly<Record<'accept' | 'decline', ReturnType<typeof decisionAction>>>,
): void {
  ChatController()(controller);
  const prototype = controller.prototype as Record<'accept' | 'decline', Decide>;
  for (const name of ['accept', 'decline'] as const) {
    const method = Object.getOwnPropertyDescriptor(prototype, name) as TypedPropertyDescriptor<Decide>;
    OnAction(actions[name])(prototype, name, method);
  }
}
