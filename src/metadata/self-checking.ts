import type { StartupProblem } from '../errors';
import type { STARTUP_PROBLEMS } from './keys';

/** A controller that finds problems of its own, to be told with all others when the application starts. */
export interface SelfChecking {
  [STARTUP_PROBLEMS](): readonly StartupProblem[];
}
