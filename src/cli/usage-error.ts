/** The command was called wrongly. It exits with code 2, without a stack. */
export class UsageError extends Error {}

/** The user has aborted at a question. The command exits with code 2, without a hint about its usage. */
export class Stopped extends UsageError {}
