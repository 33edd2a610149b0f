/** One button of one widget, as the store remembers that it was used. */
export interface Button {
  /** The key of the record that decides who was first. */
  readonly key: string;
  /** Under which a later request finds the use whose button is gone from the widget by then. */
  readonly alias?: string | undefined;
  /** When the record may be forgotten, in milliseconds since the epoch; never by default. */
  readonly expiresAt?: number | undefined;
}

/** What an action has shown before its handler runs: made once for a request, however often that runs. */
export interface Admission {
  /** Where the button may be used only once. */
  readonly button: Button | undefined;
  /** Whether this request is the one that uses it. */
  claimed: boolean;
}
