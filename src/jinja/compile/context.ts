import { type Scope } from './scope';
import { type Value } from '../values/values';

/** A compiled expression. */
export type Evaluate = (scope: Scope) => Value;
/** A compiled run of statements: the text that it prints. */
export type Render = (scope: Scope) => string;

/** What the compiler keeps in mind. */
export interface Context {
  /** The names that each macro around the present place reads. */
  readonly macros: readonly Set<string>[];
  /** Inside conditions, where an unknown filter matters only when it is reached. */
  readonly isConditional: boolean;
  /** The line that errors get at the present place. */
  readonly line: number;
}

export const NO_LINE = 0;

export const OUTERMOST: Context = { macros: [], isConditional: false, line: NO_LINE };

export const conditional = (context: Context): Context => ({ ...context, isConditional: true });
