import { type Kit } from './kit';

/** One rule of the store contract, as a test. */
export interface ContractCase {
  /** A sentence. */
  name: string;
  /** Resolves when the store keeps the rule, rejects with an AssertionError when it does not. */
  run(): Promise<void>;
}

/** Rules by their names, each with its test. */
export type Rules = Readonly<Record<string, (kit: Kit) => Promise<void>>>;
