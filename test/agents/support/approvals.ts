import type { Agent } from '@openai/agents';
import type { ApprovalWidget } from '../../../src/agents';
import type { ThreadStreamEvent, WidgetItem } from '../../../src/protocol';
import { MemoryStore } from '../../../src/stores';
import { serveChat, threadIdOf, type TestChat } from '../../support/chat';
import * as wire from '../../support/requests';
import { controllersOf, type Shop } from './shop';

/** Serves a chat whose responder is the agent of a shop; `agents: null` is one without approvals. */
export function serve(
  { agent }: Shop,
  {
    store = new MemoryStore(),
    agents = [agent],
    widget,
  }: {
    store?: TestChat['store'];
    agents?: Agent[] | null;
    widget?: ApprovalWidget;
  } = {},
): Promise<TestChat> {
  const controllers = controllersOf(agent, agents === null ? null : { agents, widget });
  return serveChat({ controllers, store });
}

export interface Asked {
  threadId: string;
  widgets: WidgetItem[];
}

/** Says something at which the agent asks for approval. */
export async function ask(chat: Pick<TestChat, 'post'>): Promise<Asked> {
  const { events } = await chat.post(wire.create('Delete it'));
  return { threadId: threadIdOf({ events }), widgets: widgetsIn(events) };
}

/** The widgets of a stream, as they came. */
export function widgetsIn(events: readonly ThreadStreamEvent[]): WidgetItem[] {
  return events.flatMap((event) => ('item' in event && event.item.type === 'widget' ? [event.item] : []));
}

export type Button = 'confirm' | 'cancel';

/** Clicks a button of a widget; resolves to the events of the answer. */
export async function press(
  chat: Pick<TestChat, 'post'>,
  threadId: string,
  item: WidgetItem,
  button: Button,
) {
  const { action } = item.widget[button] as { action: { type: string; payload: object } };
  return (await chat.post(wire.act(threadId, item.id, action.type, action.payload))).events;
}
