/** The command was not understood, or there is nothing to do: exit code 2, without a stack. */
export class UsageError extends Error {}

/** The user has broken off at a question: exit code 2, and no word on how the command is called. */
export class Stopped extends UsageError {}
