import type { ActionRequest, UserMessageItem } from '../../protocol';
import { isRecord } from '../../protocol';
import type { ChatContext } from '../../context';
import { changeValue, KEEP_MS } from '../kept/change-value';
import type { JournalEntry } from './journal';
import type { AskedTool } from './question-widget';
import type { BegunStates } from './turn-states';

/** Of what is stored: another form is not read. */
const FORM = 1;

/** A workflow that waits for the user, in the store. */
export interface WaitingWorkflow {
  readonly form: typeof FORM;
  readonly id: string;
  readonly threadId: string;
  /** The widget that asks. */
  readonly itemId: string;
  /** What it asks. */
  readonly message: string;
  /** The call of a tool that it asks about. */
  readonly tool?: AskedTool | undefined;
  /** The place of the question in the journal. */
  readonly place: string;
  readonly entries: readonly JournalEntry[];
  /** What the workflow was called with. */
  readonly input: unknown;
  /** The message that it answers. */
  readonly userMessage: UserMessageItem | null;
  /** The last item of earlier turns; `null` where there are none. */
  readonly before: string | null;
  /** How many of them its agents read; not in what an earlier release has kept. */
  readonly count?: number | undefined;
  /** The texts that its agents have shown. */
  readonly texts: readonly string[];
  /** The states that it has begun with; not in what an earlier release has kept. */
  readonly states?: BegunStates | undefined;
  /** Whether it has been taken to go on, or given up: no other request may, also in another process. */
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

/** Takes a workflow of this thread. It is one change of the store: of several clicks, one gets it. */
export function takeWaiting(ctx: ChatContext, id: string): Promise<WaitingWorkflow | undefined> {
  const taken = (value: unknown) => {
    const waiting = asWaiting(value);
    if (waiting?.threadId !== ctx.thread.id || waiting.isTaken) return undefined;
    return { value: { ...waiting, isTaken: true }, result: waiting };
  };
  return changeValue(ctx, keyOf(id), taken, { keepMs: KEEP_MS });
}

/** Takes the workflow that waits in this thread, to give it up. */
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

/** A workflow that a click lets go on, with what the user says. */
export interface Decided {
  readonly waiting: WaitingWorkflow;
  readonly isAccepted: boolean;
}

/** By the clicks of this process: the responder that one runs finds its workflow by the action. */
const decided = new WeakMap<ActionRequest, Decided>();

export function noteDecided(action: ActionRequest, what: Decided): void {
  decided.set(action, what);
}

export function takeDecided({ action }: ChatContext): Decided | undefined {
  const found = action === null ? undefined : decided.get(action);
  if (action !== null) decided.delete(action); // what else the click's responder runs is a turn of its own
  return found;
}
