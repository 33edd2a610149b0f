import type { ChatContext } from '../../context';
import { isRecord, type Task, type ThreadItem } from '../../protocol';
import { changeValue } from '../kept/change-value';
import { notKept } from './kept-state';

/** What agents of later turns read differently from what users see. */
export interface ThreadNotes {
  /** Masked texts by message id: agents of later turns must not read what a guardrail has masked. */
  readonly masked: Readonly<Record<string, string>>;
  /** The names of agents that were shown as tasks; such tasks are of no use to other agents. */
  readonly progress: readonly string[];
}

const keyOf = ({ thread }: ChatContext): string => `agents.workflow-notes.${thread.id}`;

export async function loadNotes(ctx: ChatContext): Promise<ThreadNotes> {
  return notesIn((await ctx.store.getValue(keyOf(ctx)))?.value);
}

export function keepMasked(ctx: ChatContext, messageId: string, text: string): Promise<void> {
  return change(ctx, (notes) => {
    return { ...notes, masked: { ...notes.masked, [messageId]: text } };
  });
}

export function keepProgress(ctx: ChatContext, names: readonly string[]): Promise<void> {
  return change(ctx, (notes) => ({
    ...notes,
    progress: [...new Set([...notes.progress, ...names])],
  }));
}

async function change(ctx: ChatContext, to: (notes: ThreadNotes) => ThreadNotes): Promise<void> {
  const changed = (value: unknown) => ({ value: to(notesIn(value)), result: 'kept' });
  if ((await changeValue(ctx, keyOf(ctx), changed)) === undefined) throw notKept('The notes of a thread');
}

function notesIn(value: unknown): ThreadNotes {
  const notes = isRecord(value) ? value : {};
  const masked = notes['masked'];
  const progress = notes['progress'];
  return {
    masked: isRecord(masked) ? (masked as Record<string, string>) : {},
    progress: Array.isArray(progress) ? progress.filter((name) => typeof name === 'string') : [],
  };
}

/** The items for agents: messages are masked, and tasks that only name an agent are removed. */
export function asRead(items: readonly ThreadItem[], { masked, progress }: ThreadNotes): ThreadItem[] {
  return items.flatMap((item): ThreadItem[] => {
    const text = masked[item.id];
    if (item.type === 'user_message' && text !== undefined) {
      return [{ ...item, content: [{ type: 'input_text', text }] }];
    }
    if (item.type !== 'workflow') return [item];
    const tasks = item.workflow.tasks.filter((task) => !isProgress(task, progress));
    return [{ ...item, workflow: { ...item.workflow, tasks } }];
  });
}

function isProgress(task: Task, names: readonly string[]): boolean {
  if (task.type !== 'custom') return false;
  const { title, content } = task;
  return (content ?? '') === '' && title !== undefined && names.includes(title);
}
