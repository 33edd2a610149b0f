/**
 * Whether an error says that the model has refused. The SDK throws it when the refusal has arrived: a whole
 * answer, which the user has seen. It compares the name, because `instanceof` works only for one of the SDK's
 * CommonJS and ES modules.
 */
export function isModelRefusal(error: unknown): boolean {
  return error instanceof Error && error.name === 'ModelRefusalError';
}
