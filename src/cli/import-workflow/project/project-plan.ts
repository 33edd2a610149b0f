import type { ReadExport } from '../read-export';

/** The inputs from which the files of a project are made. */
export interface ProjectPlan {
  /** The folder of this package. */
  readonly packageFolder: string;
  /** The name of the project's package. */
  readonly name: string;
  /** The name of the imported file. */
  readonly from: string;
  readonly read: ReadExport;
  /** Whether users may attach files. */
  readonly uploads: boolean;
  /** The page's start screen, shown for a new thread. */
  readonly startScreen: { readonly greeting: string | undefined; readonly prompts: readonly string[] };
  /** The version ranges of packages. */
  readonly versions: Readonly<Record<string, string>>;
}

/** A text as a string literal on one line. */
export function literal(text: string): string {
  const inner = JSON.stringify(text)
    .slice(1, -1)
    .replaceAll('\\"', '"')
    .replaceAll("'", "\\'")
    .replaceAll('\u2028', '\\u2028') // JSON does not escape these; they end a line comment
    .replaceAll('\u2029', '\\u2029');
  return `'${inner}'`;
}

/** Names for a comment of one line. */
export function listed(names: readonly string[]): string {
  return names.join(', ').replaceAll(/\s+/g, ' ');
}

/** A key of an object literal. */
export function key(name: string): string {
  if (name === '__proto__') return `['__proto__']`; // as a plain key it would set the prototype
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : literal(name);
}
