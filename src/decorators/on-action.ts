import { isPayloadType, type HandlerDeclaration, type HandlerKind, type PayloadType } from '../metadata';
import { isActionDefinition, type AnyActionDefinition } from '../widgets';
import { declares } from './declare';
import { misuse } from './decoration';
import type { HandlerDecoration } from './handler-decoration';
import type { KindOf, NameOf, PayloadOf } from './pattern-types';

const DECORATOR = '@OnAction';

/** An action name or pattern, a RegExp that matches the whole name, or an action definition. */
export type ActionPattern = string | RegExp | AnyActionDefinition;

/** Options of {@link OnAction}. */
export interface OnActionOptions<TType extends PayloadType = PayloadType, TSync extends boolean = boolean> {
  /** The type of the payload. Required if the parameters are undecorated and there is no action definition. */
  payload?: TType | undefined;
  /**
   * Handles sync actions, which widgets send with `streaming: false`. The method returns a widget, an item,
   * `replace(…)` or nothing, instead of events. An action definition sets this option itself.
   */
  sync?: TSync | undefined;
  /** For the registry of actions. */
  description?: string | undefined;
  /**
   * Accepts only actions that this server signed for this thread and item; see `sign` in
   * `ActionDefinitionOptions`. A list names the fields that must be signed. The app needs `signing.keys`.
   */
  signed?: boolean | readonly string[] | undefined;
  /**
   * Rejects a second use of the same button of the same widget, in all processes that share the store. If the
   * handler fails, the button can be used again.
   */
  once?: boolean | undefined;
  /** Whether the stored sender must be able to send the action. Default: `actionsFromWidgetOnly` of the app. */
  fromWidgetOnly?: boolean | undefined;
}

type DefinedPayload = PayloadType | 'none' | undefined;

const FLAGS = ['sync', 'once', 'fromWidgetOnly'] as const;

function checkOptions(where: string, options: OnActionOptions): void {
  const { payload, description } = options;
  if (payload !== undefined && !isPayloadType(payload)) {
    throw misuse(DECORATOR, where, "payload must be a class, a Standard Schema or 'unchecked'.");
  }
  for (const flag of FLAGS) {
    const value: unknown = options[flag];
    if (value !== undefined && typeof value !== 'boolean') {
      throw misuse(DECORATOR, where, `${flag} must be a boolean.`);
    }
  }
  if (!isSigned(options.signed)) {
    throw misuse(DECORATOR, where, 'signed must be a boolean, or a list of fields.');
  }
  if (description !== undefined && typeof description !== 'string') {
    throw misuse(DECORATOR, where, 'description must be a string.');
  }
}

function isSigned(value: unknown): boolean {
  if (value === undefined || typeof value === 'boolean') return true;
  return Array.isArray(value) && value.every((field) => typeof field === 'string');
}

/** The payload type that all definitions share. */
function definedPayload(where: string, definitions: readonly AnyActionDefinition[]): DefinedPayload {
  const types = new Set(definitions.map(({ payload }) => payload ?? 'none'));
  if (types.size > 1) {
    throw misuse(
      DECORATOR,
      where,
      'its action definitions differ in the type of their payload. Write one @OnAction for each, or set one type for all: { payload }.',
    );
  }
  const [type] = types;
  return type;
}

/** The kind of the handler. Action definitions include it; for names the options set it. */
function kindOf(
  where: string,
  definitions: readonly AnyActionDefinition[],
  sync: boolean | undefined,
): HandlerKind {
  const kinds = new Set(definitions.map(({ sync }) => sync));
  if (kinds.size > 1) {
    throw misuse(
      DECORATOR,
      where,
      'some of its action definitions are sync and others are not. Write a method for each kind.',
    );
  }
  const [linked = sync ?? false] = kinds;
  if (sync !== undefined && sync !== linked) {
    throw misuse(
      DECORATOR,
      where,
      linked
        ? 'its action definition is sync, but the options have { sync: false }. Remove the option.'
        : 'its action definition sends the streaming action, which a handler with { sync: true } never receives. Set it in the definition: defineAction(name, type, { sync: true }).',
    );
  }
  return linked ? 'sync_action' : 'action';
}

/** The descriptions of all definitions. */
function definedDescription(definitions: readonly AnyActionDefinition[]): string | undefined {
  const described = new Set(definitions.flatMap(({ description }) => description ?? []));
  return described.size === 0 ? undefined : [...described].join(' ');
}

function declaration(where: string, given: readonly unknown[], options: OnActionOptions): HandlerDeclaration {
  if (given.length === 0) throw misuse(DECORATOR, where, 'it names no action.');
  const patterns: (string | RegExp)[] = [];
  const definitions: AnyActionDefinition[] = [];
  for (const pattern of given) {
    if (typeof pattern === 'string' || pattern instanceof RegExp) patterns.push(pattern);
    else if (isActionDefinition(pattern)) definitions.push(pattern);
    else {
      throw misuse(
        DECORATOR,
        where,
        `an action is named by a string, a RegExp or an action definition, not by ${pattern === null ? 'null' : typeof pattern}. ` +
          'An undefined one is usually a circular import: define actions in a separate file.',
      );
    }
  }
  checkOptions(where, options);
  return {
    kind: kindOf(where, definitions, options.sync),
    decorator: DECORATOR,
    patterns: Object.freeze(patterns),
    definedNames: Object.freeze(definitions.map(({ action }) => action)),
    payload: options.payload ?? definedPayload(where, definitions),
    description: options.description ?? definedDescription(definitions),
    signed: options.signed,
    once: options.once,
    fromWidgetOnly: options.fromWidgetOnly,
  };
}

/**
 * Makes a method the handler of actions, given by exact names, patterns (`*` matches one segment between
 * dots, `**` one or more), RegExps that match the whole name, or action definitions. A method may have
 * several.
 *
 * The method returns events. With `{ sync: true }` it returns a widget, an item, the result of `replace()`,
 * or nothing. The compiler checks the result.
 *
 * If a definition or the options give the payload type, the compiler also checks that the first parameter of
 * an undecorated method accepts it. A method with decorated parameters is checked at startup.
 *
 * @throws TypeError when an argument has a wrong type, when definitions contradict each other or the options,
 *   or when the decorator is not on an instance method. Problems that only the whole app shows are reported
 *   at startup.
 * @example
 * `@OnAction(selectItem)` // a definition: see defineAction
 * async *select(`@Payload()` { id }: SelectItem) { yield assistantMessage(`Selected ${id}.`); }
 *
 * `@OnAction(['item.star', 'item.unstar'], { payload: SelectItem, sync: true })`
 * star({ id }: SelectItem, ctx: ChatContext) { return this.items.toggled(id); }
 */
export function OnAction<P extends ActionPattern, T extends PayloadType = never, S extends boolean = false>(
  patterns: P | readonly P[],
  options: OnActionOptions<T, S> = {},
): HandlerDecoration<KindOf<P, S>, NameOf<P>, PayloadOf<P, T>> {
  const given = ([] as readonly unknown[]).concat(patterns);
  return declares(DECORATOR, (where) => declaration(where, given, options));
}
