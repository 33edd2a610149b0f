import type { WidgetRoot } from '../protocol';

/** One widget that a source can make. */
export interface WidgetSample {
  readonly widget: WidgetRoot;
  /**
   * The same widget from data of the same shape with other texts and numbers: what differs between
   * the two comes from the data, and says nothing about what is valid. Without it all is taken as it
   * stands.
   */
  readonly twin?: WidgetRoot | undefined;
}

/** What makes widgets from data, and can show by examples which ones: a `.widget` template. */
export interface WidgetSource {
  readonly name: string;
  samples(): readonly WidgetSample[];
}
