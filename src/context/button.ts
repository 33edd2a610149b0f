/** A button of a widget whose use is recorded in the store. */
export interface Button {
  /** The key of the record that decides which request used the button first. */
  readonly key: string;
  /** A second key for the record. It finds the use after the widget no longer contains the button. */
  readonly alias?: string | undefined;
  /** When the record may be deleted, in milliseconds since the epoch; never by default. */
  readonly expiresAt?: number | undefined;
}

/** The button that an action comes from, if it may be used only once. */
export interface OneUseButton extends Button {
  /** Whether this request has recorded the use. */
  claimed: boolean;
}
