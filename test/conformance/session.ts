import type { Hook, Json, JsonObject, Settings, Step } from './language';

/** Everything that a session has stored. */
export interface State {
  threads: JsonObject[];
  attachments: JsonObject[];
  /** What handlers without a stream have seen since the last look. */
  log: Json[];
}

/** What was raised in the reference where the client saw nothing but a failure. */
export interface Raised {
  type: string;
  message: string;
}

export interface ScriptText {
  steps: Step[];
  settings: Settings;
}

/** One application with an empty store, on either side. */
export interface Session {
  /** The chat's endpoint. The header `x-script` names the script of the request. */
  readonly url: string;
  putScript(id: string, script: ScriptText): Promise<void>;
  /** Lets a paused handler go on. */
  release(id: string): Promise<void>;
  /** Waits until the request is over, on the server too. */
  outcome(id: string): Promise<Raised | null>;
  state(): Promise<State>;
  close(): Promise<void>;
}

/** The reference, or ours. */
export interface Side {
  readonly name: string;
  open(without: Hook[]): Promise<Session>;
  close(): Promise<void>;
}
