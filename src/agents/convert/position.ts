/** How far a run had come when something was emitted. */
export interface Position {
  /** How many responses of the model there were. */
  readonly responses: number;
  /** The tool calls of the last one. */
  readonly calls: readonly string[];
}
