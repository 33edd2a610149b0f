import type { ActionRequest, UserMessageItem } from '../../protocol';
import { isRecord } from '../../protocol';
import type { ChatContext } from '../../context';
import { changeValue, KEEP_MS } from '../kept/change-value';
import type { JournalEntry } from './journal';
import type { AskedTool } from './question-widget';
import type { BegunStates } from './turn-states';

/** The version of the stored form; other versions are not read. */
const FORM = 1;

/** The stored form of a workflow that waits for the user. */
export interface WaitingWorkflow {
  readonly form: typeof FORM;
  readonly id: string;
  readonly threadId: string;
  /** The widget that asks. */
  readonly itemId: string;
  /** The question. */
  readonly message: string;
  /** The tool call that the question is about. */
  readonly tool?: AskedTool | undefined;
  /** The place of the question in the journal. */
  readonly place: string;
  readonly entries: readonly JournalEntry[];
  /** The argument of the workflow. */
  readonly input: unknown;
  /** The message that it answers. */
  readonly userMessage: UserMessageItem | null;
  /** The id of the last item of earlier turns; `null` if there are none. */
  readonly before: string | null;
  /** How many items of earlier turns its agents read; missing in records of earlier releases. */
  readonly count?: number | undefined;
  /** The texts that its agents have shown. */
  readonly texts: readonly string[];
  /** The states at the start of the turn; missing in records of earlier releases. */
  readonly states?: BegunStates | undefined;
  /** Whether a request has taken it, to resume or expire it; no other request, in any process, may do so. */
  readonly isTaken: boolean;
}

const keyOf = (id: string): string => `agents.workflow.${id}`;
const pointerOf = ({ thread }: ChatContext): string => `agents.workflow-of.${thread.id}`;

export type NewWaiting = Omit<WaitingWorkflow, 'form' | 'threadId' | 'isTaken'>;

export async function saveWaiting(ctx: ChatContext, waiting: NewWaiting): Promise<void> {
  const threadId = ctx.thread.id;
  const whole: WaitingWorkflow = { form: FORM, threadId, isTaken: false, ...waiting };
  const options = { expiresAt: Date.now() + KEEP_MS, threadId };
  await ctx.store.putValue(keyOf(whole.id), whole, options);
  await ctx.store.putValue(pointerOf(ctx), whole.id, options);
}

/** Takes a workflow of this thread. The change in the store is atomic: of several clicks, one gets it. */
export function takeWaiting(ctx: ChatContext, id: string): Promise<WaitingWorkflow | undefined> {
  const taken = (value: unknown) => {
    const waiting = asWaiting(value);
    if (waiting?.threadId !== ctx.thread.id || waiting.isTaken) return undefined;
    return { value: { ...waiting, isTaken: true }, result: waiting };
  };
  return changeValue(ctx, keyOf(id), taken, { keepMs: KEEP_MS });
}

/** Takes the workflow that waits in this thread and deletes its record. */
export async function expireWaiting(ctx: ChatContext): Promise<WaitingWorkflow | undefined> {
  const pointer = await ctx.store.getValue(pointerOf(ctx));
  if (typeof pointer?.value !== 'string') return undefined;
  const waiting = await takeWaiting(ctx, pointer.value);
  await deleteWaiting(ctx, pointer.value);
  return waiting;
}

export async function deleteWaiting(ctx: ChatContext, id: string): Promise<void> {
  await ctx.store.deleteValue(keyOf(id));
  const pointer = await ctx.store.getValue(pointerOf(ctx));
  if (pointer?.value === id) await ctx.store.deleteValue(pointerOf(ctx));
}

function asWaiting(value: unknown): WaitingWorkflow | undefined {
  return isRecord(value) && value['form'] === FORM ? (value as unknown as WaitingWorkflow) : undefined;
}

/** A workflow that a click resumes, with the user's answer. */
export interface Decided {
  readonly waiting: WaitingWorkflow;
  readonly isAccepted: boolean;
}

/** By the action of the click: the responder that the click runs finds its workflow here. */
const decided = new WeakMap<ActionRequest, Decided>();

export function noteDecided(action: ActionRequest, what: Decided): void {
  decided.set(action, what);
}

export function takeDecided({ action }: ChatContext): Decided | undefined {
  const found = action === null ? undefined : decided.get(action);
  if (action !== null) decided.delete(action); // a second `runWorkflow` of the same click is a new turn
  return found;
}
