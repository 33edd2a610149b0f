import type { BootFault } from '../errors';
import type { HandlerDefinition } from '../metadata';
import { controllerClass, explore, type ControllerDefinition } from '../routing';
import type { RoutingOptions } from '../routing';

/** What is wrong with one controller as a class. */
function classFaults(
  { type, instance, decorated, handlers, strays }: ControllerDefinition,
  options: RoutingOptions,
): BootFault[] {
  const faults: BootFault[] = [];
  const where = type.name;
  if (!decorated) {
    faults.push({
      code: 'controller_undecorated',
      where,
      message: 'the class carries no @ChatController.',
      remedy: 'Put @ChatController() above the class.',
    });
  }
  if (handlers.length === 0) {
    faults.push({
      code: 'controller_without_handlers',
      where,
      message: 'no method of the class is a handler.',
      remedy:
        'Put @OnAction, @OnMessage or another handler decorator above a method. One that is there may be hidden by a decorator above it that replaces the method: put ours on top.',
    });
  }
  for (const stray of strays) {
    faults.push({
      code: 'handler_decorator_missing',
      where: `${where}.${stray}`,
      message: 'the method carries decorators of this package, but none that makes it a handler.',
      remedy:
        'Put @OnAction, @OnMessage or another handler decorator above the method, or take the others away.',
    });
  }
  if (instance === undefined && options.container === undefined && type.length > 0) {
    faults.push({
      code: 'controller_needs_container',
      where,
      message: `the constructor takes ${String(type.length)} argument(s), and nothing is there to provide them.`,
      remedy: `Give an instance (controllers: [new ${where}(…)]) or a container ({ container }).`,
    });
  }
  return faults;
}

function notAController(controller: unknown, index: number): BootFault {
  return {
    code: 'not_a_controller',
    where: '',
    message: `controllers[${String(index)}] is ${controller === null ? 'null' : typeof controller}, neither a class nor an instance of one.`,
    remedy:
      'Give classes that carry @ChatController, or instances of them. undefined is usually a circular import.',
  };
}

/** Explores the controllers and says what is wrong with them as classes. */
export function checkControllers(options: RoutingOptions): {
  definitions: readonly HandlerDefinition[];
  faults: readonly BootFault[];
} {
  const given: readonly unknown[] = Array.isArray(options.controllers) ? options.controllers : [];
  const faults: BootFault[] = [];
  const definitions: HandlerDefinition[] = [];
  if (given.length === 0) {
    faults.push({
      code: 'no_controllers',
      where: '',
      message: 'the application has no controllers.',
      remedy: 'Name them: { controllers: [ItemController] }.',
    });
  }
  given.forEach((controller, index) => {
    const type = controllerClass(controller);
    if (type === undefined) {
      faults.push(notAController(controller, index));
      return;
    }
    if (given.indexOf(controller) < index) {
      faults.push({
        code: 'duplicate_controller',
        where: type.name,
        message: 'the controller is listed twice.',
        remedy: 'List it once in { controllers }.',
      });
      return;
    }
    const definition = explore(type, typeof controller === 'function' ? undefined : (controller as object));
    faults.push(...classFaults(definition, options));
    definitions.push(...definition.handlers);
  });
  return { definitions, faults };
}
