import type { StartupProblem } from '../errors';
import { STARTUP_PROBLEMS, type HandlerDefinition, type SelfChecking } from '../metadata';
import { controllerClass, explore, type ControllerDefinition } from '../routing';
import type { RoutingOptions } from '../routing';

/** Finds problems with a controller class. */
function classProblems(
  { type, instance, decorated, handlers, strays }: ControllerDefinition,
  options: RoutingOptions,
): StartupProblem[] {
  const problems: StartupProblem[] = [];
  const where = type.name;
  if (!decorated) {
    problems.push({
      code: 'controller_undecorated',
      where,
      message: 'the class has no @ChatController.',
      fix: 'Put @ChatController() above the class.',
    });
  }
  if (handlers.length === 0) {
    problems.push({
      code: 'controller_without_handlers',
      where,
      message: 'no method of the class is a handler.',
      fix: 'Put @OnAction, @OnMessage or another handler decorator above a method. If a method has one, a decorator above it may replace the method: put the handler decorator on top.',
    });
  }
  for (const stray of strays) {
    problems.push({
      code: 'handler_decorator_missing',
      where: `${where}.${stray}`,
      message: 'the method has decorators of this package, but none of them makes it a handler.',
      fix: 'Put @OnAction, @OnMessage or another handler decorator above the method, or remove the others.',
    });
  }
  if (instance === undefined && options.container === undefined && type.length > 0) {
    problems.push({
      code: 'controller_needs_container',
      where,
      message: `the constructor takes ${String(type.length)} argument(s), but nothing provides them.`,
      fix: `Pass an instance (controllers: [new ${where}(…)]) or a container ({ container }).`,
    });
  }
  return [...problems, ...ownProblems(instance)];
}

/** Problems that a controller reports itself. */
function ownProblems(instance: object | undefined): readonly StartupProblem[] {
  const check = (instance as Partial<SelfChecking> | undefined)?.[STARTUP_PROBLEMS];
  return typeof check === 'function' ? check.call(instance) : [];
}

function notAController(controller: unknown, index: number): StartupProblem {
  return {
    code: 'not_a_controller',
    where: '',
    message: `controllers[${String(index)}] is ${controller === null ? 'null' : typeof controller}, neither a class nor an instance of one.`,
    fix: 'Pass classes with @ChatController, or instances of them. undefined is usually a circular import.',
  };
}

/** Scans the controllers and finds problems with their classes. */
export function checkControllers(options: RoutingOptions): {
  definitions: readonly HandlerDefinition[];
  problems: readonly StartupProblem[];
} {
  const given: readonly unknown[] = Array.isArray(options.controllers) ? options.controllers : [];
  const problems: StartupProblem[] = [];
  const definitions: HandlerDefinition[] = [];
  if (given.length === 0) {
    problems.push({
      code: 'no_controllers',
      where: '',
      message: 'the application has no controllers.',
      fix: 'List them: { controllers: [ItemController] }.',
    });
  }
  given.forEach((controller, index) => {
    const type = controllerClass(controller);
    if (type === undefined) {
      problems.push(notAController(controller, index));
      return;
    }
    if (given.indexOf(controller) < index) {
      problems.push({
        code: 'duplicate_controller',
        where: type.name,
        message: 'the controller is listed twice.',
        fix: 'List it once in { controllers }.',
      });
      return;
    }
    const definition = explore(type, typeof controller === 'function' ? undefined : (controller as object));
    problems.push(...classProblems(definition, options));
    definitions.push(...definition.handlers);
  });
  return { definitions, problems };
}
