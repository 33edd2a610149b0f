import { BootError, type BootFault } from '../errors';
import { buildHandler, buildRefusal, type Handler, type Refusal } from '../execution';
import type { HandlerDefinition } from '../metadata';
import { checkApplication } from './check-application';
import type { RoutingOptions } from './options';
import type { ResponderChoice } from './responder-table';
import { routeInfo, type RouteInfo } from './route-info';
import { Tables } from './tables';
import type { WidgetCheck } from './widget-check';

/** Which handler is for what: built once when the application boots, frozen from then on. */
export interface DispatchTable {
  /** The handler of a streaming action. */
  action(name: string): Handler | undefined;
  /** The handler of a sync action. */
  syncAction(name: string): Handler | undefined;
  /** The responder: one for this tool before one for this model before the plain one. */
  responder(choice: ResponderChoice): Handler | undefined;
  readonly feedback: Handler | undefined;
  readonly transcribe: Handler | undefined;
  readonly streamCancelled: Handler | undefined;
  readonly streamOptions: Handler | undefined;
  /** Answers an action that no handler is for. */
  readonly refuse: Refusal;
  /** All handlers, as the scanner found them. */
  readonly definitions: readonly HandlerDefinition[];
  /** Holds widgets against the handlers. */
  readonly widgetCheck: WidgetCheck;
  /** All handlers as data: made when it is asked for the first time. */
  catalogue(): readonly RouteInfo[];
}

/**
 * Builds the dispatch table of an application.
 *
 * @param extraFaults what is wrong with the application's other options; listed first.
 * @throws BootError with all faults at once, each with its place and remedy.
 * @example
 * const table = buildDispatchTable({ controllers: [ItemController], mode: 'production', unknownFields: 'drop' });
 * table.action('item.select')?.where; // 'ItemController.select'
 */
export function buildDispatchTable(
  options: RoutingOptions,
  extraFaults: readonly BootFault[] = [],
): DispatchTable {
  const { definitions, faults, widgetCheck } = checkApplication(options);
  if (extraFaults.length + faults.length > 0) throw new BootError([...extraFaults, ...faults]);

  const tables = new Tables<Handler>();
  for (const definition of definitions) tables.add(definition, buildHandler(definition, options));
  const { actions, syncActions, responders, singles } = tables;
  let catalogue: readonly RouteInfo[] | undefined;
  return Object.freeze({
    action: (name: string) => actions.find(name),
    syncAction: (name: string) => syncActions.find(name),
    responder: (choice: ResponderChoice) => responders.find(choice),
    feedback: singles.get('feedback'),
    transcribe: singles.get('transcribe'),
    streamCancelled: singles.get('stream_cancelled'),
    streamOptions: singles.get('stream_options'),
    refuse: buildRefusal(options),
    definitions,
    widgetCheck,
    catalogue: () =>
      (catalogue ??= Object.freeze(definitions.map((definition) => routeInfo(definition, options)))),
  });
}
