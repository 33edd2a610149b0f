/**
 * How long what is left of a request's body is read and dropped after its answer has been sent, in
 * milliseconds. Many clients read only when they have sent everything: cut off before, they would see a
 * broken connection instead of the answer.
 */
export const LINGER_MS = 30_000;
