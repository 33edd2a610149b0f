import {
  controllerPrefix,
  handlerMethod,
  isClass,
  methodLayers,
  patternsOf,
  prototypesOf,
  type HandlerMethod,
  type Injected,
} from '../metadata';
import type { ActionConfig } from '../protocol';
import { actionConfig } from './action-config';
import type { ActionLinkOptions, FieldsOf, Given } from './action-link';
import { ActionLinkError } from './action-link-error';

type ControllerOf<T> = abstract new (...args: never[]) => T;

type MethodOf<T> = {
  [K in keyof T]: T[K] extends (...args: never[]) => unknown ? K : never;
}[keyof T];

/** What a widget gives to a method that takes its payload first. */
type PayloadOf<TMethod> = TMethod extends (...args: infer A) => unknown
  ? A extends readonly []
    ? undefined
    : unknown extends A[0]
      ? unknown
      : [A[0]] extends [Injected]
        ? undefined
        : FieldsOf<A[0]>
  : never;

/**
 * The action that a method of a controller handles, for methods that take the payload as their first
 * parameter, or none. The name, with the controller's prefix, and the kind come from the decorators,
 * the payload's type from the method.
 *
 * A controller and what builds its widgets often import each other: then `() => ItemController` is
 * looked at when the widget is built. Where a schema changes the payload's type use `defineAction`.
 *
 * @throws ActionLinkError when the class is undefined, when the method is no handler of exactly one
 *   action name, when its payload does not come first, or as for links.
 * @example
 * onClickAction: action(ItemController, 'select', { id: item.id }, { loadingBehavior: 'self' })
 * onClickAction: action(() => ItemController, 'select', { id: item.id })
 */
export function action<T extends object, M extends MethodOf<T>>(
  controller: ControllerOf<T> | (() => ControllerOf<T>),
  method: M,
  ...given: Given<PayloadOf<T[M]>>
): ActionConfig;
export function action(
  controller: unknown,
  method: string | symbol,
  payload?: unknown,
  options?: ActionLinkOptions,
): ActionConfig {
  const type = controllerClass(controller, method);
  const where = `${type.name}.${String(method)}`;
  const prototypes = prototypesOf(type.prototype as object);
  const prefix = controllerPrefix(prototypes);
  const handler = handlerMethod(methodLayers(prototypes, method));
  if (prefix === undefined || handler === undefined) {
    throw new ActionLinkError(
      'handler_not_found',
      prefix === undefined
        ? `action(): ${type.name} carries no @ChatController, or its decorators have not run yet.`
        : `action(): ${where} is no handler. Put @OnAction above it.`,
    );
  }
  const { name, sync, takesPayload } = theAction(where, handler, prefix);
  if (takesPayload) checkOrder(where, handler);
  else if (payload !== undefined) {
    throw new ActionLinkError(
      'unexpected_payload',
      `action(): ${where} takes no payload. Let its first parameter be one.`,
    );
  }
  return actionConfig({ action: name, sync }, payload, options);
}

function controllerClass(controller: unknown, method: string | symbol): ControllerOf<object> {
  const isThunk = typeof controller === 'function' && !isClass(controller);
  const type: unknown = isThunk ? (controller as () => unknown)() : controller;
  if (isClass(type)) return type;
  throw new ActionLinkError(
    'controller_undefined',
    `action(): the controller of ${String(method)} is ${type === null ? 'null' : typeof type}, which is usually a circular import. ` +
      (isThunk
        ? 'Build the widget in a function, which runs when all modules are loaded.'
        : 'Give a function: action(() => ItemController, …).'),
  );
}

/** The one action that a method handles by name. */
function theAction(
  where: string,
  { declarations, described, params }: HandlerMethod,
  prefix: string,
): { name: string; sync: boolean; takesPayload: boolean } {
  const actions = declarations.filter(({ kind }) => kind === 'action' || kind === 'sync_action');
  const named = actions.flatMap((declaration) =>
    patternsOf(declaration, prefix)
      .filter((pattern) => typeof pattern === 'string' && !pattern.includes('*'))
      .map((name) => ({ name: String(name), declaration })),
  );
  const [first, second] = named;
  if (first === undefined) {
    throw new ActionLinkError(
      'handler_without_name',
      `action(): ${where} handles ${actions.length === 0 ? 'no actions' : 'patterns only'}, so that there is no name to send. Add one: @OnAction('item.select').`,
    );
  }
  if (second !== undefined) {
    throw new ActionLinkError(
      'handler_with_several_names',
      `action(): ${where} handles ${named.map(({ name }) => name).join(', ')}, and which one is to be sent cannot be told. Use a link for it: defineAction.`,
    );
  }
  const { name, declaration } = first;
  const { kind, payload } = declaration;
  const asksForIt =
    params.size === 0
      ? described.method.length > 0 || payload !== undefined
      : [...params.values()].some((source) => source.kind === 'payload');
  return { name, sync: kind === 'sync_action', takesPayload: payload !== 'none' && asksForIt };
}

function checkOrder(where: string, { params }: HandlerMethod): void {
  if (params.size === 0 || params.get(0)?.kind === 'payload') return;
  throw new ActionLinkError(
    'payload_not_first',
    `action(): the payload of ${where} is not its first parameter, so that the compiler cannot check it. Put @Payload first, or use a link: defineAction.`,
  );
}
