/**
 * How long the rest of a request's body is read and dropped after the answer has been sent, in
 * milliseconds. Many clients read the answer only after sending everything; if the connection closed
 * earlier, they would see a connection error instead of the answer.
 */
export const LINGER_MS = 30_000;
