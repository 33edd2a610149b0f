import { ConflictError, DeveloperError, NotFoundError, UnavailableError } from '../errors';

/** The kinds of records that a store may not find, or whose id may be taken. */
export type Kind = 'Thread' | 'Item' | 'Attachment' | 'Run';

export function notFound(kind: Kind, id: string): NotFoundError {
  return new NotFoundError(`${kind} "${id}" was not found.`);
}

/** The message does not name the owner: the id may be another owner's. */
export function idTaken(kind: Kind, id: string): DeveloperError {
  return new DeveloperError(
    'id_taken',
    `${kind} "${id}" cannot be saved: the id is taken.`,
    'Use generateId(), or make sure that your option generateId returns each id only once.',
  );
}

export function versionDiffers(itemId: string, expected: number): ConflictError {
  return new ConflictError('This was changed by another request in the meantime. Try again.', {
    cause: new Error(`Version ${String(expected)} of item "${itemId}" is not the stored one.`),
  });
}

/** The message is for the user, the cause for the operator. */
export function storeBusy(waitedMs: number, cause: unknown): UnavailableError {
  return new UnavailableError('The chat is busy. Try again in a moment.', {
    code: 'store_busy',
    allowRetry: true,
    retryAfter: 1,
    cause: new Error(`Another process held the lock of the database for ${String(waitedMs)} ms.`, { cause }),
  });
}
