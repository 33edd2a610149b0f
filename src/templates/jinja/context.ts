import { type Scope } from './scope';
import { type Value } from './values';

/** A compiled expression. */
export type Evaluate = (scope: Scope) => Value;
/** A compiled run of statements: the text that it prints. */
export type Render = (scope: Scope) => string;

/** What the compiler keeps in mind. */
export interface Context {
  /** The names that each macro around the present place reads. */
  readonly macros: Set<string>[];
  /** Inside conditions, where an unknown filter matters only when it is reached. */
  isConditional: boolean;
  /** The line of the name that was last read. */
  line: number | undefined;
}

export function conditionally<T>(context: Context, compile: () => T): T {
  const before = context.isConditional;
  context.isConditional = true;
  const compiled = compile();
  context.isConditional = before;
  return compiled;
}
