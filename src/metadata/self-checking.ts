import type { StartupProblem } from '../errors';
import type { STARTUP_PROBLEMS } from './keys';

/** A controller that reports problems of its own, together with all others at startup. */
export interface SelfChecking {
  [STARTUP_PROBLEMS](): readonly StartupProblem[];
}
