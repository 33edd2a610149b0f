/** One button of one widget, as the store remembers that it was used. */
export interface Button {
  /** The key of the record that decides who was first. */
  readonly key: string;
  /** Under which a later request finds the use whose button is gone from the widget by then. */
  readonly alias?: string | undefined;
  /** When the record may be forgotten, in milliseconds since the epoch; never by default. */
  readonly expiresAt?: number | undefined;
}

/** The button that an action comes from, where it may be used only once. */
export interface OneUseButton extends Button {
  /** Whether this request is the one that uses it. */
  claimed: boolean;
}
