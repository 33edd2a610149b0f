// By file: clients load little.
import { brand } from '../errors/brand';
import { readMore } from '../errors/read-more';

/** What can be wrong with an action before it is ever sent. */
export type ActionDefinitionProblem =
  | 'invalid_definition'
  | 'unexpected_payload'
  | 'payload_not_an_object'
  | 'streaming_conflict'
  | 'unknown_signed_field'
  | 'invalid_expiry'
  | 'controller_undefined'
  | 'handler_not_found'
  | 'handler_without_name'
  | 'handler_with_several_names'
  | 'payload_not_first';

/** The error of an action that is defined or put into a widget wrongly: a mistake of the program. */
export class ActionDefinitionError extends TypeError {
  static {
    brand(this, 'ActionDefinitionError');
  }

  constructor(
    /** Stable, for programs to compare. */
    readonly code: ActionDefinitionProblem,
    message: string,
  ) {
    super(readMore(message, code));
    this.name = 'ActionDefinitionError';
  }
}
