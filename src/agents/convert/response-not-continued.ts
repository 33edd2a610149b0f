import { ModelError } from './model-error';

/**
 * The run was to continue from the last response, but its model uses another API. Such models ignore the
 * response, and would answer without what came before.
 */
export class ResponseNotContinued extends ModelError {
  constructor() {
    super(
      'model_failed',
      'The run continues from the last response, but its model does not use the Responses API.',
    );
  }
}
