import { DeveloperError } from './developer-error';
import { describeWrong } from './held';

/** For the log, if the message of an error for users is not a string. The client gets a generic message. */
export function noText(message: unknown, cause: unknown): DeveloperError {
  const isError = message instanceof Error;
  const { what, isPromise } = describeWrong(message);
  return new DeveloperError(
    'not_a_text',
    `The message of an error for users is ${isError ? 'an error' : what}, not a string; the user was told that the request failed.`,
    isPromise
      ? 'Await it, and pass what it resolves to.'
      : 'Pass a text for the user, and the error behind it as `{ cause: error }`.',
    { cause: cause ?? message },
  );
}

/** The `DeveloperError` behind an error for users whose message was not a string. */
export function textMistakeOf(error: Error): DeveloperError | undefined {
  const { cause } = error;
  return cause instanceof DeveloperError && cause.code === 'not_a_text' ? cause : undefined;
}
