import type { Outcome, Reply } from '../client';
import type { Exchange, Json, JsonObject, Scenario, Step } from '../language';
import type { State } from '../session';

/** One exchange on both sides, while it is being compared. */
export interface Comparison {
  readonly scenario: Scenario;
  /** The exchanges up to this one, which is the last. */
  readonly exchanges: readonly Exchange[];
  readonly exchange: Exchange;
  /** What the reference did. Rules turn it into what ours does instead. */
  readonly expected: Outcome;
  readonly ours: Outcome;
  /** What was expected to be stored before the exchange. */
  readonly before: State;
  readonly memory: Memory;
}

/** A message that broke off, as ours stores it. */
export interface Kept {
  readonly item: JsonObject;
  /** The ids of the items before it. */
  readonly before: readonly Json[];
  /** What the reference has with that id, which ours has written over. */
  readonly instead?: JsonObject;
}

/** What is remembered from exchange to exchange. */
export interface Memory {
  /** Threads that the reference stores though it could not serve the request. */
  readonly ghosts: Set<string>;
  /** The ids of all items that ever were in a thread, in order of storing; and of all threads. */
  readonly everStored: Map<string, string[]>;
  /** Threads in which the reference has an item twice. */
  readonly doubled: Set<unknown>;
  /** What ours has kept of messages that broke off, by thread. */
  readonly kept: Map<unknown, Kept[]>;
  /** The ids of user messages, as the client has learned them. */
  readonly messages: Json[];
  /** Set when the two have different things stored from here on: nothing can be compared any more. */
  parted: boolean;
}

/**
 * A deliberate difference: named in docs/protocol-differences.md, and narrow. It says what ours does
 * wherever the reference does something certain.
 */
export interface Rule {
  readonly name: string;
  /** Changes `expected` where the difference applies. */
  apply(comparison: Comparison): void;
}

/** The operation and parameters of an exchange, if it is a request in order. */
export function requestOf(exchange: Exchange): { type: string; params: JsonObject } {
  const send = 'send' in exchange ? exchange.send : undefined;
  if (typeof send !== 'object') return { type: '', params: {} };
  return { type: send.type, params: (send.params ?? {}) as JsonObject };
}

/** The steps of all handlers so far. */
export function stepsOf({ exchanges }: Comparison): Step[] {
  return exchanges.flatMap((exchange) => ('send' in exchange ? (exchange.handler ?? []) : []));
}

/** The thread that a request names. What is not there has no state. */
export function threadIn(state: State, exchange: Exchange): JsonObject | undefined {
  const id = requestOf(exchange).params['thread_id'];
  const [, number] = typeof id === 'string' ? (/^\{\{thread(?: (\d+))?\}\}$/.exec(id) ?? []) : [];
  if (id === '{{thread}}') return state.threads.at(-1);
  if (number !== undefined) return state.threads[Number(number) - 1];
  return state.threads.find((thread) => thread['id'] === id);
}

/** The ids of the items that an exchange has done away with, by events or behind the stream. */
export function* removedIn({ status, events, raised }: Reply, exchange: Exchange): Generator<Json> {
  for (const event of events ?? []) if (event['type'] === 'thread.item.removed') yield event['item_id']!;
  const isHandled =
    events === undefined
      ? status === 200 && raised === undefined
      : events.some(({ type }) => type === 'stream_options');
  for (const step of isHandled && 'send' in exchange ? (exchange.handler ?? []) : []) {
    if ('delete' in step) yield step.delete;
  }
}

/** The message that is answered anew: what comes after it goes. */
export function retried(exchange: Exchange, { messages }: Memory): Json | undefined {
  const { type, params } = requestOf(exchange);
  if (type !== 'threads.retry_after_item') return undefined;
  return params['item_id'] === '{{message}}' ? messages.at(-1) : params['item_id'];
}

export function itemsOf(thread: JsonObject | undefined): JsonObject[] {
  return (thread?.['items'] ?? []) as JsonObject[];
}

/** Puts another answer in the place of the reference's. */
export function answerWith({ expected }: Comparison, reply: Reply): void {
  for (const key of Object.keys(expected.reply)) Reflect.deleteProperty(expected.reply, key);
  Object.assign(expected.reply, structuredClone(reply));
}

/** The request is refused, and nothing of it is stored. */
export function refuse(comparison: Comparison, status: number, error: string): void {
  const { expected, before, memory } = comparison;
  for (const { id } of expected.state.threads) {
    if (!before.threads.some((thread) => thread['id'] === id)) memory.ghosts.add(id as string);
  }
  answerWith(comparison, { status, error });
  Object.assign(expected.state, { ...structuredClone(before), log: [] });
}

/** What ours does is right, as the rule has made sure. From here on the two go different ways. */
export function adopt(comparison: Comparison): void {
  comparison.memory.parted = true;
  answerWith(comparison, comparison.ours.reply);
  Object.assign(comparison.expected.state, structuredClone(comparison.ours.state));
}
