import type { Change } from './change/change';
import type { Finding } from './finding';

/** The result of an import; `--json` prints it unchanged. */
export type ImportOutcome = ImportedWorkflow | NotImported;

export interface ImportedWorkflow {
  /** Whether the project was written. */
  readonly ok: true;
  /** The folder of the project. */
  readonly out: string;
  readonly files: readonly string[];
  readonly workflow: { readonly title: string; readonly export: string };
  readonly agents: readonly ImportedAgent[];
  /** The changed lines of the export. */
  readonly changes: readonly Change[];
  /** What does not run, or behaves differently than in Agent Builder. */
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
  /** The fields of a structured output. */
  readonly fields: readonly string[];
}
