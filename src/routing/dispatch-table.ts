import { buildHandler, buildRefusal, type ExecutionOptions, type Handler, type Refusal } from '../execution';
import type { HandlerDefinition } from '../metadata';
import type { ResponderChoice } from './responder-table';
import { Tables } from './tables';

/** Finds the handler for each request. Built once at startup, then frozen. */
export interface DispatchTable {
  /** The handler of a streaming action. */
  action(name: string): Handler | undefined;
  /** The handler of a sync action. */
  syncAction(name: string): Handler | undefined;
  /** The responder: one for the chosen tool before one for the chosen model before the general one. */
  responder(choice: ResponderChoice): Handler | undefined;
  readonly feedback: Handler | undefined;
  readonly transcribe: Handler | undefined;
  readonly streamCancelled: Handler | undefined;
  readonly streamOptions: Handler | undefined;
  /** Answers an action that has no handler. */
  readonly refuse: Refusal;
}

/**
 * Builds the dispatch table from the scanned handlers, which have passed the startup checks.
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
    action: actions.find.bind(actions), // bound, without a wrapper, since it is called for every action
    syncAction: syncActions.find.bind(syncActions),
    responder: (choice: ResponderChoice) => responders.find(choice),
    feedback: singles.get('feedback'),
    transcribe: singles.get('transcribe'),
    streamCancelled: singles.get('stream_cancelled'),
    streamOptions: singles.get('stream_options'),
    refuse: buildRefusal(options),
  });
}
