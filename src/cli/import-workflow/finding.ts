/** A point of an export that the user must look at. */
export interface Finding {
  /** Stable: code may compare it. */
  readonly code: string;
  /** The line in the given file; `undefined` if the finding is about the whole export. */
  readonly line: number | undefined;
  readonly message: string;
  readonly fix: string;
}
