import { classNames } from './class-names';

const TRIPWIRES: ReadonlySet<string> = new Set([
  'InputGuardrailTripwireTriggered',
  'OutputGuardrailTripwireTriggered',
  'ToolInputGuardrailTripwireTriggered',
  'ToolOutputGuardrailTripwireTriggered',
]);

/** How many nested errors are read; they might be circular. */
const DEPTH = 8;

/**
 * Whether an error says that a guardrail has stopped the run. The SDK wraps the error of a tool's guardrail in
 * a `ToolCallError`.
 */
export function isTripwire(error: unknown): boolean {
  let current = error;
  for (let depth = 0; depth < DEPTH && current instanceof Error; depth += 1) {
    if (classNames(current).some((name) => TRIPWIRES.has(name))) return true;
    current = 'error' in current ? current.error : current.cause;
  }
  return false;
}
