import { readMore } from '../../errors';

/** Why there is no answer, or not all of it. */
export type ModelErrorCode = 'model_failed' | 'model_incomplete' | 'model_cut_off';

/**
 * A model's answer that failed or broke off. What the user has seen of it stays; the error is logged, and
 * the client is told that the stream failed, with the offer to try again.
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
