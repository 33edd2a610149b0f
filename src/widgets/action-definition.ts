import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { Class } from '../metadata';
import type { ActionConfig } from '../protocol';

/**
 * Options for sending an action from a widget: those of {@link ActionConfig} except name and payload, and
 * what to sign.
 */
export interface ActionDefinitionOptions<TField extends string = string> extends Pick<
  ActionConfig,
  'handler' | 'loadingBehavior' | 'streaming'
> {
  /**
   * Payload fields that the client must not change. The server signs them together with the thread and the
   * widget when it sends the widget. `[]` signs the action without any field.
   */
  readonly sign?: readonly TField[] | undefined;
  /** How long the signature is valid, in milliseconds. */
  readonly expiresIn?: number | undefined;
}

/** The names of a payload's fields. */
export type FieldOf<T> = T extends object ? keyof T & string : never;

type Primitive = string | number | boolean | bigint | symbol | null | undefined;

/** The fields of a class as a widget provides them: without methods, and a Date may also be a string. */
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
 * The part of a payload that a widget provides when a form supplies the rest. Any part may be left out, at
 * any depth, except inside lists: a form field cannot add to an existing list.
 */
export type FormPayload<T> = T extends Primitive | Date | readonly unknown[]
  ? T
  : T extends object
    ? { [K in keyof T]?: FormPayload<T[K]> | undefined }
    : T;

/** The arguments of an action with this payload. A payload that may be undefined can be left out. */
export type Given<T> = undefined extends T
  ? [payload?: T, options?: ActionDefinitionOptions<FieldOf<T>>]
  : [payload: T, options?: ActionDefinitionOptions<FieldOf<T>>];

/** An action's name and payload type in one value, used in the decorator of the handler and in the widget. */
export interface ActionDefinition<
  TInput = unknown,
  TOutput = TInput,
  TName extends string = string,
  TSync extends boolean = boolean,
> {
  /**
   * Returns the action for use in a widget.
   *
   * @throws ActionDefinitionError when the action takes no payload and one is given, or when the options
   *   contradict the definition or each other.
   */
  (...args: Given<TInput>): ActionConfig;
  /**
   * Returns the action for use in a form. Leave out what the form's fields supply.
   *
   * @throws ActionDefinitionError as above, or when the payload is not an object, since form fields are added
   *   to it.
   * @example
   * // The form has fields named 'name' and 'address.city'.
   * onSubmitAction: saveUser.form({ id: user.id })
   */
  form(payload?: FormPayload<TInput>, options?: ActionDefinitionOptions<FieldOf<TInput>>): ActionConfig;
  readonly action: TName;
  readonly payload: Class<TOutput & object> | StandardSchemaV1<unknown, TOutput> | undefined;
  /** Whether this is a sync action. Its handler must be a sync handler. */
  readonly sync: TSync;
  /** For the registry of actions. */
  readonly description: string | undefined;
}

/** An action definition with any payload. */
export type AnyActionDefinition = Pick<ActionDefinition, 'action' | 'payload' | 'sync' | 'description'>;
