import { isRecord } from '../../protocol';
import type { StreamedRun } from '../sdk/run-event';
import { NONE, type Drafts } from './drafts';
import type { ToolActivities } from './tool-activities';

/** A call of a tool, or its output, as the SDK has it. */
interface CallItem {
  readonly callId: string;
  readonly [field: string]: unknown;
}

interface Call {
  readonly name: string;
  readonly input: unknown;
}

/** The tool calls of a run, by their ids. Shows them, if the application wants it. */
export class ToolCalls {
  private readonly started = new Map<string, Call>();

  /** @param declined only if the run has waited for approval: the ids of the calls that the user has declined */
  constructor(
    private readonly activities: ToolActivities | undefined,
    private readonly run: StreamedRun,
    private readonly declined: ReadonlySet<string> | undefined,
  ) {}

  has(callId: string): boolean {
    return this.started.has(callId);
  }

  /** The id of the latest call of a tool; if it was not called, that of the latest call of any tool. */
  latestOf(name: string): string | undefined {
    const calls = [...this.started];
    return (calls.findLast(([, call]) => call.name === name) ?? calls.at(-1))?.[0];
  }

  /** Starts the tools that the user has accepted. */
  begin(): Drafts {
    const { declined } = this;
    if (declined === undefined) return NONE;
    const items = this.items();
    const answered = new Set(items.filter((item) => !isCall(item)).map(({ callId }) => callId));
    return items
      .filter((item) => isCall(item) && !answered.has(item.callId) && !declined.has(item.callId))
      .flatMap((item) => (this.has(item.callId) ? NONE : this.start(item)));
  }

  start(item: unknown): Drafts {
    if (!isCallItem(item)) return NONE;
    const call = toCall(item);
    this.started.set(item.callId, call);
    return this.activities?.start(item.callId, call) ?? NONE;
  }

  complete(item: unknown, output: unknown): Drafts {
    if (this.activities === undefined || !isCallItem(item)) return NONE;
    const { callId } = item;
    if (this.declined?.has(callId) === true) return NONE;
    const call = this.started.get(callId) ?? toCall(this.earlier(callId) ?? item);
    return this.activities.complete(callId, { ...call, output });
  }

  /** Must be called at the end of the run. */
  finish(): Drafts {
    return this.activities?.withdraw() ?? NONE;
  }

  /** A call from before the run was resumed. */
  private earlier(callId: string): CallItem | undefined {
    return this.items().find((item) => isCall(item) && item.callId === callId);
  }

  private items(): CallItem[] {
    return (this.run.newItems ?? []).map(({ rawItem }) => rawItem).filter(isCallItem);
  }
}

function isCallItem(item: unknown): item is CallItem {
  return isRecord(item) && typeof item['callId'] === 'string';
}

function isCall({ type }: CallItem): boolean {
  return String(type).endsWith('_call');
}

/** Only calls of functions have a name and arguments; the SDK's own tools have a type each. */
function toCall(item: CallItem): Call {
  const { type, name, arguments: input } = item;
  if (typeof name === 'string') return { name, input: parsed(input) };
  return { name: String(type).replace(/_call.*$/, ''), input: item };
}

/** Parses the arguments of a call, which usually are JSON; returns the text if they are not. */
function parsed(text: unknown): unknown {
  if (typeof text !== 'string') return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
