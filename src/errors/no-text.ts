import { DeveloperError } from './developer-error';
import { describeWrong } from './held';

/** Of an error for users whose message is none: they are told generically, and the operator by this. */
export function noText(message: unknown, cause: unknown): DeveloperError {
  const isError = message instanceof Error;
  const { what, isPromise } = describeWrong(message);
  return new DeveloperError(
    'not_a_text',
    `The message of an error for users is ${isError ? 'an error' : what}, and no text; the user was told that the request failed.`,
    isPromise
      ? 'Await it, and pass what it resolves to.'
      : 'Pass a text for the user, and the error behind it as `{ cause: error }`.',
    { cause: cause ?? message },
  );
}

/** The developer's mistake in an error for users, if its message was no text. */
export function textMistakeOf(error: Error): DeveloperError | undefined {
  const { cause } = error;
  return cause instanceof DeveloperError && cause.code === 'not_a_text' ? cause : undefined;
}
