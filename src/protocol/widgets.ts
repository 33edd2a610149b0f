/** Any widget component as data. Props are camelCase and are sent unchanged. */
export interface WidgetComponent {
  type: string;
  id?: string | undefined;
  key?: string | undefined;
  [prop: string]: unknown;
}

/** The outermost component of a widget: `Card`, `ListView`, `Basic`, … */
export type WidgetRoot = WidgetComponent;
