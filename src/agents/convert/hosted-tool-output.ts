import { NONE, type Drafts } from './drafts';
import type { OutputWriter } from './output-writer';
import type { ResponseEvent } from './response-event';
import type { ToolActivities } from './tool-activities';

/** Tools that the model's server runs, by the types of their calls. */
const NAMES: Readonly<Record<string, string>> = {
  web_search_call: 'web_search',
  file_search_call: 'file_search',
  code_interpreter_call: 'code_interpreter',
  computer_call: 'computer',
  mcp_call: 'mcp',
};

/** Whether an output of this type is a call of a tool that the server runs itself. */
export function isHostedCall(type: string | undefined): boolean {
  return type !== undefined && Object.hasOwn(NAMES, type);
}

/** A search or another tool of the model's server, shown as the application wants it. */
export class HostedToolOutput implements OutputWriter {
  readonly kind = 'hosted tool';
  private started = false;

  constructor(
    private readonly activities: ToolActivities,
    private readonly key: string,
  ) {}

  take({ type, item }: ResponseEvent): Drafts {
    if (item === undefined) return NONE;
    const activity = { name: item.name ?? NAMES[item.type] ?? item.type, input: item };
    if (type === 'response.output_item.added') {
      this.started = true;
      return this.activities.start(this.key, activity);
    }
    const begun = this.started ? NONE : this.activities.start(this.key, activity);
    return [...begun, ...this.activities.complete(this.key, activity)];
  }

  finish(): Drafts {
    return NONE;
  }
}
