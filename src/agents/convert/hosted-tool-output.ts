import { NONE, type Drafts } from './drafts';
import type { OutputWriter } from './output-writer';
import type { ResponseEvent } from './response-event';
import type { ToolActivities } from './tool-activities';

/** Names of the tools that the model's server runs, by the types of their calls. */
const NAMES: Readonly<Record<string, string>> = {
  web_search_call: 'web_search',
  file_search_call: 'file_search',
  code_interpreter_call: 'code_interpreter',
  mcp_call: 'mcp',
};

/** Whether an output of this type is a call of a tool that the model's server runs. */
export function isHostedCall(type: string | undefined): boolean {
  return type !== undefined && Object.hasOwn(NAMES, type);
}

/** Shows a call of a tool that the model's server runs, such as a search, by the option `toolActivity`. */
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
