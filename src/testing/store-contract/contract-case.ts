import { type Kit } from './kit';

/** One rule of the store contract, as a test. */
export interface ContractCase {
  /** The name of the rule, as a sentence. */
  name: string;
  /** Resolves if the store keeps the rule, and rejects with an AssertionError if it does not. */
  run(): Promise<void>;
}

/** The rules by name, each with its test. */
export type Rules = Readonly<Record<string, (kit: Kit) => Promise<void>>>;
