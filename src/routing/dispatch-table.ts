import { buildHandler, buildRefusal, type ExecutionOptions, type Handler, type Refusal } from '../execution';
import type { HandlerDefinition } from '../metadata';
import type { ResponderChoice } from './responder-table';
import { Tables } from './tables';

/** Which handler is for what: built once when the application starts, frozen from then on. */
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
}

/**
 * Builds the dispatch table of the handlers that were found, which have passed their checks.
 *
 * @example
 * const table = buildDispatchTable(definitions, { mode: 'production', unknownFields: 'drop' });
 * table.action('item.select')?.where; // 'ItemController.select'
 */
export function buildDispatchTable(
  definitions: readonly HandlerDefinition[],
  options: ExecutionOptions,
): DispatchTable {
  const tables = new Tables<Handler>();
  for (const definition of definitions) tables.add(definition, buildHandler(definition, options));
  const { actions, syncActions, responders, singles } = tables;
  return Object.freeze({
    action: actions.find.bind(actions), // each of these is called for an action: nothing is between
    syncAction: syncActions.find.bind(syncActions),
    responder: (choice: ResponderChoice) => responders.find(choice),
    feedback: singles.get('feedback'),
    transcribe: singles.get('transcribe'),
    streamCancelled: singles.get('stream_cancelled'),
    streamOptions: singles.get('stream_options'),
    refuse: buildRefusal(options),
  });
}
