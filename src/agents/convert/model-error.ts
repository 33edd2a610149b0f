import { readMore } from '../../errors';

/** Why the model's answer is missing or incomplete. */
export type ModelErrorCode = 'model_failed' | 'model_incomplete' | 'model_cut_off';

/**
 * The model's answer failed or broke off. The text that the user has seen is kept. The error is logged, and
 * the client gets a generic error and offers a retry.
 *
 * @example
 * catch (error) { if (error instanceof ModelError && error.code === 'model_incomplete') … }
 */
export class ModelError extends Error {
  constructor(
    readonly code: ModelErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(readMore(message, code), options);
    this.name = 'ModelError';
  }
}
