/** Something of an export that is for a person to look at. */
export interface Finding {
  /** Stable, for programs to compare. */
  readonly code: string;
  /** Of the file that was given; of an export as a whole there is none. */
  readonly line: number | undefined;
  readonly message: string;
  readonly fix: string;
}
