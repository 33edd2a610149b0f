/** The command was not understood, or there is nothing to do: exit code 2, without a stack. */
export class UsageError extends Error {}
