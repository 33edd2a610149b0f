import type { ReadExport } from '../read-export';

/** What the files of a project are made of. */
export interface ProjectPlan {
  /** Where this package is. */
  readonly packageFolder: string;
  /** Of the project's package. */
  readonly name: string;
  /** The file that was imported, as it was given. */
  readonly from: string;
  readonly read: ReadExport;
  /** Whether users may attach files. */
  readonly uploads: boolean;
  /** What the page shows of a new thread. */
  readonly startScreen: { readonly greeting: string | undefined; readonly prompts: readonly string[] };
  /** The releases of packages. */
  readonly versions: Readonly<Record<string, string>>;
}

/** A text as a literal of the code, on one line. */
export function literal(text: string): string {
  const inner = JSON.stringify(text)
    .slice(1, -1)
    .replaceAll('\\"', '"')
    .replaceAll("'", "\\'")
    .replaceAll('\u2028', '\\u2028') // JSON leaves them as they are; they end a comment
    .replaceAll('\u2029', '\\u2029');
  return `'${inner}'`;
}

/** Names in a comment, which is one line. */
export function listed(names: readonly string[]): string {
  return names.join(', ').replaceAll(/\s+/g, ' ');
}

/** A key of an object literal. */
export function key(name: string): string {
  if (name === '__proto__') return `['__proto__']`; // otherwise it names no field
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : literal(name);
}
