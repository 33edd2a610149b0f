import type { ChatContext } from '../../context';
import type { ThreadItem, UserMessageItem } from '../../protocol';
import { loadHistory, loadUntil, type HistoryOptions } from '../input/history';
import { ThreadItemConverter } from '../input/thread-item-converter';
import { wholeCalls } from '../input/whole-calls';
import { withoutRemembered } from '../memory/remembered-run';
import { asRead, loadNotes, type ThreadNotes } from './thread-notes';
import { extrasOf, messageText, type TurnInput } from './turn-history';

const DEFAULT_CONVERTER = new ThreadItemConverter();

export interface LoadOptions {
  readonly history?: HistoryOptions | undefined;
  readonly itemConverter?: ThreadItemConverter | undefined;
}

/** The start of a turn. */
export interface TurnStart {
  /** The message that it answers. */
  readonly message: UserMessageItem | null;
  /** The id of the last item of earlier turns; `null` if there are none. */
  readonly before: string | null;
  /** How many items of earlier turns were read; missing in records of earlier releases. */
  readonly count?: number | undefined;
}

export interface LoadedTurn extends Omit<TurnInput, 'isMessage'> {
  readonly start: TurnStart;
  readonly notes: ThreadNotes;
}

/** Loads what agents may read of the thread, for a new turn or for one that is replayed. */
export async function loadTurn(
  ctx: ChatContext,
  { history, itemConverter: converter = DEFAULT_CONVERTER }: LoadOptions,
  begun?: TurnStart,
): Promise<LoadedTurn> {
  const items = begun === undefined ? await itemsBefore(ctx, history) : await itemsUntil(ctx, begun, history);
  const start = begun ?? {
    message: ctx.message,
    before: items.at(-1)?.id ?? null,
    count: withoutRemembered(items).length,
  };
  const notes = await loadNotes(ctx);
  const { message } = start;
  const converted = message === null ? [] : await converter.toAgentInput(message, ctx);
  return {
    start,
    notes,
    earlier: wholeCalls(await converter.toAgentInput(asRead(items, notes), ctx)),
    extras: extrasOf(converted, messageText(message)),
  };
}

async function itemsBefore(ctx: ChatContext, history: HistoryOptions | undefined): Promise<ThreadItem[]> {
  const items = await loadHistory(ctx, history);
  const { message } = ctx;
  return message === null
    ? items
    : items.slice(
        0,
        items.findIndex(({ id }) => id === message.id),
      );
}

async function itemsUntil(
  ctx: ChatContext,
  { before, count }: TurnStart,
  history: HistoryOptions | undefined,
): Promise<ThreadItem[]> {
  if (before === null) return [];
  return loadUntil(ctx, before, count === undefined ? history : { maxItems: count });
}
