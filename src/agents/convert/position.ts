/** How far a run had come when an event was emitted. */
export interface Position {
  /** The number of responses of the model. */
  readonly responses: number;
  /** The ids of the tool calls in the last response. */
  readonly calls: readonly string[];
}
