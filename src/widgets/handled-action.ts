import {
  controllerPrefix,
  handlerMethod,
  methodLayers,
  patternsOf,
  prototypesOf,
  type HandlerMethod,
} from '../metadata';
import { ActionDefinitionError } from './action-definition-error';

export type ControllerOf<T> = abstract new (...args: never[]) => T;

/** The data that a widget needs to send the action of a method. */
export interface HandledAction {
  readonly action: string;
  readonly sync: boolean;
  readonly takesPayload: boolean;
}

// Cached, since a list has a button for each of its rows.
const known = new WeakMap<ControllerOf<object>, Map<string | symbol, HandledAction>>();

/**
 * Returns the action that a method handles.
 *
 * @throws ActionDefinitionError when the method does not handle exactly one action name, or when its payload
 *   is not the first parameter.
 */
export function handledAction(type: ControllerOf<object>, method: string | symbol): HandledAction {
  const methods = known.get(type) ?? new Map<string | symbol, HandledAction>();
  known.set(type, methods);
  const handled = methods.get(method) ?? readHandler(type, method);
  methods.set(method, handled);
  return handled;
}

function readHandler(type: ControllerOf<object>, method: string | symbol): HandledAction {
  const where = `${type.name}.${String(method)}`;
  const prototypes = prototypesOf(type.prototype as object);
  const prefix = controllerPrefix(prototypes);
  const handler = handlerMethod(methodLayers(prototypes, method));
  if (prefix === undefined || handler === undefined) {
    throw new ActionDefinitionError(
      'handler_not_found',
      prefix === undefined
        ? `action(): ${type.name} has no @ChatController, or its decorators have not run yet.`
        : `action(): ${where} is not a handler. Decorate it with @OnAction.`,
    );
  }
  const handled = theAction(where, handler, prefix);
  if (handled.takesPayload) checkOrder(where, handler);
  return handled;
}

/** The only action that a method handles by name. */
function theAction(
  where: string,
  { declarations, described, params }: HandlerMethod,
  prefix: string,
): HandledAction {
  const actions = declarations.filter(({ kind }) => kind === 'action' || kind === 'sync_action');
  const named = actions.flatMap((declaration) =>
    patternsOf(declaration, prefix)
      .filter((pattern) => typeof pattern === 'string' && !pattern.includes('*'))
      .map((name) => ({ name: String(name), declaration })),
  );
  const [first, second] = named;
  if (first === undefined) {
    throw new ActionDefinitionError(
      'handler_without_name',
      `action(): ${where} handles ${actions.length === 0 ? 'no actions' : 'patterns only'}, so there is no name to send. Add one: @OnAction('item.select').`,
    );
  }
  if (second !== undefined) {
    throw new ActionDefinitionError(
      'handler_with_several_names',
      `action(): ${where} handles ${named.map(({ name }) => name).join(', ')}, so it is unclear which one to send. Use an action definition: defineAction.`,
    );
  }
  const { name, declaration } = first;
  const { kind, payload } = declaration;
  const asksForIt =
    params.size === 0
      ? described.method.length > 0 || payload !== undefined
      : [...params.values()].some((source) => source.kind === 'payload');
  return { action: name, sync: kind === 'sync_action', takesPayload: payload !== 'none' && asksForIt };
}

function checkOrder(where: string, { params }: HandlerMethod): void {
  if (params.size === 0 || params.get(0)?.kind === 'payload') return;
  throw new ActionDefinitionError(
    'payload_not_first',
    `action(): the payload of ${where} is not its first parameter, so the compiler cannot check it. Put @Payload first, or use an action definition: defineAction.`,
  );
}
