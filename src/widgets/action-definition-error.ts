// Imported by file, so that browser bundles stay small.
import { brand } from '../errors/brand';
import { readMore } from '../errors/read-more';

/** Codes of {@link ActionDefinitionError}. */
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

/** Thrown when an action is defined incorrectly or placed incorrectly in a widget. It is a bug in the app. */
export class ActionDefinitionError extends TypeError {
  static {
    brand(this, 'ActionDefinitionError');
  }

  constructor(
    /** A stable code that programs can compare. */
    readonly code: ActionDefinitionProblem,
    message: string,
  ) {
    super(readMore(message, code));
    this.name = 'ActionDefinitionError';
  }
}
