/** Pieces are joined into chunks of about this length, in UTF-16 code units. */
const CHUNK_LENGTH = 64 * 1024;

/**
 * Joins the pieces of a text: into one string if it is short, as almost all are, else into chunks that
 * are made on demand. A piece longer than a chunk is not split.
 */
export function wholeOrChunks(pieces: Iterable<string>): string | Iterable<string, void, undefined> {
  const chunks = inChunks(pieces);
  const first = chunks.next();
  if (first.done === true) return '';
  const second = chunks.next();
  return second.done === true ? first.value : from([first.value, second.value], chunks);
}

function* inChunks(pieces: Iterable<string>): Generator<string, void, undefined> {
  let chunk = '';
  for (const piece of pieces) {
    chunk += piece;
    if (chunk.length < CHUNK_LENGTH) continue;
    yield chunk;
    chunk = '';
  }
  if (chunk !== '') yield chunk;
}

function* from(begun: string[], rest: Iterable<string>): Generator<string, void, undefined> {
  for (let chunk = begun.shift(); chunk !== undefined; chunk = begun.shift()) yield chunk;
  yield* rest;
}
