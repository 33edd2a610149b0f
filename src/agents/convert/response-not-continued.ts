/**
 * The run was to continue from the last response, but its model uses another API. Such models ignore the
 * response, and would answer without what came before.
 */
export class ResponseNotContinued extends Error {
  constructor() {
    super('The model does not use the Responses API, so it cannot continue from the last response.');
    this.name = 'ResponseNotContinued';
  }
}
