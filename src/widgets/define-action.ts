import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { ActionConfig } from '../protocol';

type ClassOf<T> = new (...args: never[]) => T;

/** How a widget sends the action: everything of {@link ActionConfig} but name and payload. */
export type ActionLinkOptions = Pick<ActionConfig, 'handler' | 'loadingBehavior' | 'streaming'>;

/**
 * An action's name and payload type in one value, used on both sides: above the handler and in the
 * widget.
 */
export interface ActionLink<TInput = unknown, TOutput = TInput> {
  /** The action as a widget carries it. */
  (
    ...args: undefined extends TInput
      ? [payload?: TInput, options?: ActionLinkOptions]
      : [payload: TInput, options?: ActionLinkOptions]
  ): ActionConfig;
  readonly action: string;
  readonly payload: ClassOf<TOutput & object> | StandardSchemaV1<unknown, TOutput> | undefined;
}

/**
 * Names an action once, with the type of its payload: a class-validator DTO or a Standard Schema.
 * Without a type the action has no payload.
 *
 * @example
 * export const selectItem = defineAction('item.select', SelectItem);
 * // the handler:  @OnAction(selectItem)
 * // the widget:   onClickAction: selectItem({ id: 'item_1' }, { loadingBehavior: 'self' })
 */
export function defineAction(action: string): ActionLink<undefined>;
export function defineAction<S extends StandardSchemaV1>(
  action: string,
  schema: S,
): ActionLink<StandardSchemaV1.InferInput<S>, StandardSchemaV1.InferOutput<S>>;
export function defineAction<T extends object>(
  action: string,
  dto: ClassOf<T>,
): ActionLink<Pick<T, keyof T>, T>; // the widget gives the fields, the handler gets an instance
export function defineAction(
  action: string,
  payload?: ClassOf<object> | StandardSchemaV1,
): ActionLink<never, unknown> {
  if (typeof action !== 'string' || action === '' || action.includes('*')) {
    throw new TypeError(
      `defineAction: the name must be a literal one without "*", got ${JSON.stringify(action)}.`,
    );
  }
  const link = (value?: unknown, options: ActionLinkOptions = {}): ActionConfig => ({
    type: action,
    ...(value === undefined ? {} : { payload: value }),
    ...options,
  });
  return Object.assign(link, { action, payload });
}

export function isActionLink(value: unknown): value is ActionLink<never, unknown> {
  return (
    typeof value === 'function' && 'action' in value && typeof value.action === 'string' && 'payload' in value
  );
}
