import { z } from 'zod';

/** Whether a value is a JSON object: neither null nor an array. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * An object with whatever the application likes. It is passed on as it is: `z.record` would copy it,
 * and nothing in it is ours to look at.
 */
export const freeFormSchema = z.custom<Record<string, unknown>>(isRecord, 'expected object');
