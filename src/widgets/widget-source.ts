import type { WidgetRoot } from '../protocol';

/** A sample widget of a source. */
export interface WidgetSample {
  readonly widget: WidgetRoot;
  /**
   * The same widget built from data of the same shape with other texts and numbers. What differs between the
   * two comes from the data and does not restrict what is valid. Without a twin, the whole widget is taken
   * literally.
   */
  readonly twin?: WidgetRoot | undefined;
}

/** A source of widgets that can provide samples, such as a `.widget` template. */
export interface WidgetSource {
  readonly name: string;
  samples(): readonly WidgetSample[];
}
