import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { Class } from '../metadata';
import type { ActionConfig } from '../protocol';

/**
 * How a widget sends an action: everything of {@link ActionConfig} but name and payload, and what of
 * the payload is signed.
 */
export interface ActionDefinitionOptions<TField extends string = string> extends Pick<
  ActionConfig,
  'handler' | 'loadingBehavior' | 'streaming'
> {
  /**
   * The fields of the payload that no client may change: the server signs them, with the thread and the
   * widget, when the widget leaves it. `[]` signs the action without any field.
   */
  readonly sign?: readonly TField[] | undefined;
  /** How long the signature is good for, in milliseconds. */
  readonly expiresIn?: number | undefined;
}

/** The names of a payload's fields. */
export type FieldOf<T> = T extends object ? keyof T & string : never;

type Primitive = string | number | boolean | bigint | symbol | null | undefined;

/** A class's fields as a widget gives them: without methods, and dates also as text. */
export type FieldsOf<T> = T extends Primitive
  ? T
  : T extends Date
    ? Date | string
    : T extends readonly unknown[]
      ? { [I in keyof T]: FieldsOf<T[I]> }
      : T extends object
        ? { [K in keyof T as T[K] extends (...args: never[]) => unknown ? never : K]: FieldsOf<T[K]> }
        : T;

/**
 * What of a payload a widget gives where a form supplies the rest: any of it, at any depth. Lists are
 * given whole or not at all, as no field fits into one that is there.
 */
export type FormPayload<T> = T extends Primitive | Date | readonly unknown[]
  ? T
  : T extends object
    ? { [K in keyof T]?: FormPayload<T[K]> | undefined }
    : T;

/** The arguments of an action with this payload; a payload that may be undefined may be left out. */
export type Given<T> = undefined extends T
  ? [payload?: T, options?: ActionDefinitionOptions<FieldOf<T>>]
  : [payload: T, options?: ActionDefinitionOptions<FieldOf<T>>];

/**
 * An action's name and payload type in one value, used on both sides: above the handler and in the
 * widget.
 */
export interface ActionDefinition<
  TInput = unknown,
  TOutput = TInput,
  TName extends string = string,
  TSync extends boolean = boolean,
> {
  /**
   * The action as a widget carries it.
   * @throws ActionDefinitionError when the action takes no payload and one is given, or when the options
   *   contradict the definition or each other.
   */
  (...args: Given<TInput>): ActionConfig;
  /**
   * The action as it stands in a form: what the form's fields supply is left out.
   *
   * @throws ActionDefinitionError as above, or when the payload is no object, so that no field fits into it.
   * @example
   * // The form has fields named 'name' and 'address.city'.
   * onSubmitAction: saveUser.form({ id: user.id })
   */
  form(payload?: FormPayload<TInput>, options?: ActionDefinitionOptions<FieldOf<TInput>>): ActionConfig;
  readonly action: TName;
  readonly payload: Class<TOutput & object> | StandardSchemaV1<unknown, TOutput> | undefined;
  /** Whether the action is sent as ChatKit's sync action, and its handler is of that kind. */
  readonly sync: TSync;
  /** For the registry of actions. */
  readonly description: string | undefined;
}

/** An action definition, whatever its payload. */
export type AnyActionDefinition = Pick<ActionDefinition, 'action' | 'payload' | 'sync' | 'description'>;
