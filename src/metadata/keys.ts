/**
 * Where decorators leave their metadata: on the method function and on the class. The symbols are
 * registered ones, so that two copies of this package in one process understand each other.
 */
export const METHOD_METADATA = Symbol.for('chatkit-controllers.method');
export const CLASS_METADATA = Symbol.for('chatkit-controllers.class');

/** Where a controller that is made by this package tells what it finds wrong with its own options. */
export const STARTUP_PROBLEMS = Symbol.for('chatkit-controllers.startup-problems');
