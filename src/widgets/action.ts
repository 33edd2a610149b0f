import { isClass, type Injected } from '../metadata';
import type { ActionConfig } from '../protocol';
import { actionConfig } from './action-config';
import type { ActionDefinitionOptions, FieldsOf, Given } from './action-definition';
import { ActionDefinitionError } from './action-definition-error';
import { handledAction, type ControllerOf } from './handled-action';

type MethodOf<T> = {
  [K in keyof T]: T[K] extends (...args: never[]) => unknown ? K : never;
}[keyof T];

/** The payload type of a method that takes the payload first. */
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
 * Returns the action that a controller's method handles. The method must take the payload as its first
 * parameter, or no payload. The name, with the controller's prefix, and the kind come from the decorators.
 * The payload type comes from the method.
 *
 * If the controller and the module that builds its widgets import each other, pass `() => ItemController`:
 * the function is called when the widget is built. Where a schema changes the payload's type, use
 * `defineAction`.
 *
 * @throws ActionDefinitionError when the class is undefined, when the method does not handle exactly one
 *   action name, when its payload is not the first parameter, or as for `defineAction`.
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
  options?: ActionDefinitionOptions,
): ActionConfig {
  const type = controllerClass(controller, method);
  const handled = handledAction(type, method);
  if (!handled.takesPayload && payload !== undefined) {
    throw new ActionDefinitionError(
      'unexpected_payload',
      `action(): ${type.name}.${String(method)} takes no payload. Make the payload its first parameter.`,
    );
  }
  return actionConfig(handled, payload, options);
}

function controllerClass(controller: unknown, method: string | symbol): ControllerOf<object> {
  const isThunk = typeof controller === 'function' && !isClass(controller);
  const type: unknown = isThunk ? (controller as () => unknown)() : controller;
  if (isClass(type)) return type;
  throw new ActionDefinitionError(
    'controller_undefined',
    `action(): the controller of ${String(method)} is ${type === null ? 'null' : typeof type}, which is usually a circular import. ` +
      (isThunk
        ? 'Build the widget in a function that runs after all modules are loaded.'
        : 'Give a function: action(() => ItemController, …).'),
  );
}
