import { isRecord, type UserMessageItem } from '../../protocol';
import { userText, type InputContent, type InputItem } from '../input/input-item';
import type { AgentLike } from '../sdk/agent';
import type { RunInput } from './current-turn';
import { isClassifier } from './output-type';
import { ruleFor, type ByAgent, type WorkflowRun } from './workflow-options';

/** What the model reads of the message besides its text. */
export interface MessageExtras {
  /** Its attachments. */
  readonly content: readonly InputContent[];
  /** The text that it quotes, and the entities that it mentions. */
  readonly items: readonly InputItem[];
}

/** The message of a turn, and the items before it. */
export interface TurnInput {
  readonly earlier: readonly InputItem[];
  readonly extras: MessageExtras;
  /** Whether a text is that of the message, original or masked by a guardrail. */
  isMessage(text: string): boolean;
}

/**
 * Puts earlier turns before the input that a workflow gives to its agents, because exported workflows only
 * have the current message. An agent reads earlier turns if its input begins with the message, or contains an
 * item of an earlier run that read them.
 */
export class TurnHistory {
  /** Items of the workflow's own history, by identity: the workflow passes on the same objects. */
  private readonly known = new WeakSet<object>();

  constructor(
    private readonly turn: TurnInput,
    private readonly rules: ByAgent<boolean> | undefined,
  ) {}

  /** Returns the input for an agent. */
  inputFor(agent: AgentLike, run: WorkflowRun): RunInput {
    const given = itemsOf(run.input);
    if (given === undefined || !this.reads(agent, run, given)) return run.input;
    for (const item of given) this.known.add(item);
    return [...this.turn.earlier, ...given.flatMap((item, index) => this.whole(item, index))];
  }

  /** Records items that an agent has produced: an agent whose input contains them reads earlier turns. */
  noteSaid(items: readonly object[]): void {
    for (const item of items) this.known.add(item);
  }

  private reads(agent: AgentLike, run: WorkflowRun, given: readonly object[]): boolean {
    const rule = ruleFor(this.rules, agent, run);
    if (rule !== undefined) return rule;
    if (given.some((item) => this.known.has(item))) return true;
    return this.isMessage(given[0]) && !(given.length === 1 && isClassifier(agent));
  }

  private isMessage(item: object | undefined): boolean {
    const text = item && textOf(item);
    return text !== undefined && this.turn.isMessage(text);
  }

  /** Adds its attachments to the message, and after it what it quotes and mentions. */
  private whole(item: object, index: number): object[] {
    const { extras } = this.turn;
    if (index > 0 || !this.isMessage(item)) return [item];
    if (textOf(item) === '' && extras.content.length === 0) return [...extras.items]; // an empty message
    if (extras.content.length === 0) return [item, ...extras.items];
    const content = isRecord(item) && Array.isArray(item['content']) ? (item['content'] as object[]) : [];
    return [{ ...userText(''), ...item, content: [...content, ...extras.content] }, ...extras.items];
  }
}

/** The input as items; `undefined` for the state of a resumed run, which contains its history. */
function itemsOf(input: RunInput): readonly object[] | undefined {
  if (typeof input === 'string') return [userText(input)];
  return Array.isArray(input) ? (input as readonly object[]) : undefined;
}

/** The text of an item in the role `user`; `undefined` for other items. */
function textOf(item: object): string | undefined {
  if (!isRecord(item) || item['role'] !== 'user') return undefined;
  const { content } = item;
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return undefined;
  return content
    .map((part: unknown) => (isRecord(part) && typeof part['text'] === 'string' ? part['text'] : ''))
    .join('');
}

/** The text of a message, with the names of the entities that it mentions. */
export function messageText(message: UserMessageItem | null): string {
  const parts = message?.content ?? [];
  return parts.map((part) => (part.type === 'input_tag' ? `@${part.text}` : part.text)).join('');
}

/** Extracts from a converted message what is not its text. */
export function extrasOf(converted: readonly InputItem[], text: string): MessageExtras {
  const [first, ...items] = converted;
  if (first === undefined || !('role' in first) || first.role !== 'user') return { content: [], items };
  const content = first.content.filter((part) => part.type !== 'input_text' || part.text !== text);
  return { content, items };
}
