const TRIPWIRES: ReadonlySet<string> = new Set([
  'InputGuardrailTripwireTriggered',
  'OutputGuardrailTripwireTriggered',
  'ToolInputGuardrailTripwireTriggered',
  'ToolOutputGuardrailTripwireTriggered',
]);

/** How many nested errors are read; they might be circular. */
const DEPTH = 8;

/**
 * Whether an error says that a guardrail has stopped the run. It compares class names, because `instanceof`
 * works only for one of the SDK's CommonJS and ES modules. The SDK wraps the error of a tool's guardrail in a
 * `ToolCallError`.
 */
export function isTripwire(error: unknown): boolean {
  let current = error;
  for (let depth = 0; depth < DEPTH && current instanceof Error; depth += 1) {
    if (classNames(current).some((name) => TRIPWIRES.has(name))) return true;
    current = 'error' in current ? current.error : current.cause;
  }
  return false;
}

function classNames(error: Error): string[] {
  const names = [error.name];
  for (let proto: unknown = Object.getPrototypeOf(error); proto instanceof Error;) {
    names.push(proto.constructor.name);
    proto = Object.getPrototypeOf(proto);
  }
  return names;
}
