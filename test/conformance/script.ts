import { withIntegers } from './exactly';
import type { Json, Settings, Step } from './language';
import type { ScriptText } from './session';

/** One request's script on our side: its handlers' request context. */
export class Script {
  readonly steps: Step[];
  readonly settings: Settings;
  readonly released: Promise<void>;
  release: () => void = () => undefined;

  constructor(
    text: ScriptText,
    readonly log: Json[],
    /** When the items of the session were made, by thread and id. */
    readonly times: Map<string, string>,
  ) {
    // As it would have come over the wire: what one side might change is not the other's.
    const { steps, settings } = JSON.parse(withIntegers(JSON.stringify(text))) as ScriptText;
    this.steps = steps;
    this.settings = settings;
    this.released = new Promise((resolve) => {
      this.release = resolve;
    });
  }
}
