/** What is recorded of users: nothing, unless the application wants it. */
export interface Recording {
  /** What clients send: payloads of actions and texts of messages, as JSON in `chatkit.request.params`. */
  readonly recordPayloads: boolean;
  /** The owner of each request, in `user.id`. */
  readonly recordOwner: boolean;
  /** Messages and stacks of errors, as events of their spans: what a user wrote may be in them. */
  readonly recordErrors: boolean;
}
