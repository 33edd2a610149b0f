import { type Scope } from './scope';
import { type Value } from '../values/values';

/** A compiled expression. */
export type Evaluate = (scope: Scope) => Value;
/** A compiled sequence of statements, which returns its text. */
export type Render = (scope: Scope) => string;

/** The state of the compiler at a node. */
export interface Context {
  /** For each enclosing macro, the names that it reads. */
  readonly macros: readonly Set<string>[];
  /** Whether the node is inside a condition, where an unknown filter is an error only when it is reached. */
  readonly isConditional: boolean;
  /** The line for errors at this node. */
  readonly line: number;
}

export const NO_LINE = 0;

export const OUTERMOST: Context = { macros: [], isConditional: false, line: NO_LINE };

export const conditional = (context: Context): Context => ({ ...context, isConditional: true });
