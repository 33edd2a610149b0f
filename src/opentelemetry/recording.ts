/** Which user data is recorded: none by default. */
export interface Recording {
  /** The parameters of requests: action payloads and message texts, as JSON in `chatkit.request.params`. */
  readonly recordPayloads: boolean;
  /** The owner of each request, in `user.id`. */
  readonly recordOwner: boolean;
  /** Messages and stacks of errors, as span events. They may contain user text. */
  readonly recordErrors: boolean;
}
