import type { StandardSchemaV1 } from '@standard-schema/spec';
import { isClass, isStandardSchema, type Class } from '../metadata';
import { isRecord, type ActionConfig } from '../protocol';
import { actionConfig } from './action-config';
import type {
  ActionDefinition,
  ActionDefinitionOptions,
  AnyActionDefinition,
  FieldsOf,
} from './action-definition';
import { ActionDefinitionError } from './action-definition-error';

/** Options of {@link defineAction}. */
export interface DefineActionOptions<TSync extends boolean = boolean> {
  /**
   * Makes this ChatKit's sync action: widgets send it with `streaming: false`, and its handler returns a
   * widget, an item or nothing.
   */
  sync?: TSync | undefined;
  /** For the registry of actions. */
  description?: string | undefined;
}

/**
 * Defines an action's name and the type of its payload: a class-validator DTO or a Standard Schema. Without a
 * type the action has no payload.
 *
 * @throws ActionDefinitionError when the name is empty or a pattern, or when the payload type is neither a
 *   class nor a Standard Schema. An `undefined` type usually means a circular import.
 * @example
 * export const selectItem = defineAction('item.select', SelectItem);
 * export const starItem = defineAction('item.star', SelectItem, { sync: true });
 * // the handler:  `@OnAction(selectItem)`
 * // the widget:   onClickAction: selectItem({ id: 'item_1' }, { loadingBehavior: 'self' })
 * // in a form:    onSubmitAction: signUp.form({ plan: 'free' })
 */
export function defineAction<const N extends string, Y extends boolean = false>(
  action: N,
  options?: DefineActionOptions<Y>,
): ActionDefinition<undefined, undefined, N, Y>;
/** An action whose handler receives the output of a Standard Schema (zod, valibot, arktype). */
export function defineAction<const N extends string, S extends StandardSchemaV1, Y extends boolean = false>(
  action: N,
  schema: S,
  options?: DefineActionOptions<Y>,
): ActionDefinition<StandardSchemaV1.InferInput<S>, StandardSchemaV1.InferOutput<S>, N, Y>;
/** An action whose payload is an instance of a DTO class. */
export function defineAction<const N extends string, T extends object, Y extends boolean = false>(
  action: N,
  dto: Class<T>,
  options?: DefineActionOptions<Y>,
): ActionDefinition<FieldsOf<T>, T, N, Y>; // the widget provides the fields, the handler gets an instance
export function defineAction(action: string, ...given: readonly unknown[]): ActionDefinition<never, unknown> {
  if (typeof action !== 'string' || action === '' || action.includes('*')) {
    throw new ActionDefinitionError(
      'invalid_definition',
      `defineAction: the name must be a non-empty string without "*", got ${JSON.stringify(action)}.`,
    );
  }
  const head = Object.freeze({ action, ...headOf(action, given) });

  const define = (payload?: unknown, options?: ActionDefinitionOptions): ActionConfig => {
    if (payload !== undefined && head.payload === undefined) {
      throw new ActionDefinitionError(
        'unexpected_payload',
        `The action "${action}" takes no payload. Pass its type: defineAction(name, Dto).`,
      );
    }
    return actionConfig(head, payload, options);
  };
  const form = (payload?: unknown, options?: ActionDefinitionOptions): ActionConfig => {
    if (payload !== undefined && !isPlainObject(payload)) {
      throw new ActionDefinitionError(
        'payload_not_an_object',
        `The action "${action}" is used in a form, which adds its fields to the payload: the payload must be an object.`,
      );
    }
    return define(payload, options);
  };
  return Object.assign(define, head, { form });
}

type Head = Pick<AnyActionDefinition, 'payload' | 'sync' | 'description'>;

/** Reads the payload type and the options. Both are optional. */
function headOf(action: string, given: readonly unknown[]): Head {
  const hasType = given.length > 0 && !isPlainObject(given[0]);
  const [type, options = {}] = hasType ? given : [undefined, given[0]];
  const invalid = (message: string): ActionDefinitionError =>
    new ActionDefinitionError('invalid_definition', `defineAction('${action}'): ${message}`);
  if (hasType && !isStandardSchema(type) && !isClass(type)) {
    throw invalid(
      `the payload's type must be a class or a Standard Schema, got ${String(type)}. undefined is usually a circular import: define actions in a separate file.`,
    );
  }
  const { sync = false, description } = options as Record<keyof DefineActionOptions, unknown>;
  if (typeof sync !== 'boolean') throw invalid('sync must be a boolean.');
  if (description !== undefined && typeof description !== 'string') {
    throw invalid('description must be a string.');
  }
  return { payload: type as AnyActionDefinition['payload'], sync, description };
}

function isPlainObject(value: unknown): value is object {
  return isRecord(value) && !isStandardSchema(value);
}

export function isActionDefinition(value: unknown): value is AnyActionDefinition {
  return (
    typeof value === 'function' && 'action' in value && typeof value.action === 'string' && 'sync' in value
  );
}
