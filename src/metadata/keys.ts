/**
 * The keys of decorator metadata on method functions and classes. The symbols are in the global registry,
 * so that two copies of this package in one process share them.
 */
export const METHOD_METADATA = Symbol.for('chatkit-controllers.method');
export const CLASS_METADATA = Symbol.for('chatkit-controllers.class');

/** The key of the method with which a controller reports problems in its own options; see `SelfChecking`. */
export const STARTUP_PROBLEMS = Symbol.for('chatkit-controllers.startup-problems');
