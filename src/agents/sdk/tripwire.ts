const TRIPWIRES: ReadonlySet<string> = new Set([
  'InputGuardrailTripwireTriggered',
  'OutputGuardrailTripwireTriggered',
  'ToolInputGuardrailTripwireTriggered',
  'ToolOutputGuardrailTripwireTriggered',
]);

/** Errors wrap errors, and might do so in a circle. */
const DEPTH = 8;

/**
 * Whether an error says that a guardrail has stopped the run. Told by the names of its classes: the SDK
 * comes as CommonJS and as ES modules, and `instanceof` knows those of one only. What a tool's guardrail
 * throws is wrapped in a `ToolCallError`.
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
