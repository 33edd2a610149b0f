import type { Change } from './change/change';
import type { Finding } from './finding';

/** What an import has come to; printed as it is by `--json`. */
export type ImportOutcome = ImportedWorkflow | NotImported;

export interface ImportedWorkflow {
  /** Whether the project was written. */
  readonly ok: true;
  /** The folder of the project. */
  readonly out: string;
  readonly files: readonly string[];
  readonly workflow: { readonly title: string; readonly export: string };
  readonly agents: readonly ImportedAgent[];
  /** The lines of the export that became others. */
  readonly changes: readonly Change[];
  /** What does not run as it is, or not as it did. */
  readonly findings: readonly Finding[];
  readonly problems: readonly [];
}

export interface NotImported {
  readonly ok: false;
  readonly out: string;
  /** Why nothing was written. */
  readonly problems: readonly Finding[];
}

export interface ImportedAgent {
  readonly name: string | undefined;
  readonly variable: string | undefined;
  readonly line: number;
  readonly shown: 'text' | 'progress';
  /** Of a structured output. */
  readonly fields: readonly string[];
}
