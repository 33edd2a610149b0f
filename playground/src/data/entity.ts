/** An entity that a user may mention. */
export interface Entity {
  id: string;
  title: string;
  icon?: string;
  group?: string;
  interactive?: boolean;
  data?: Record<string, unknown>;
}
