import { z } from 'zod';
import { isRecord } from '../guards';

/**
 * An object with whatever the application likes. It is passed on as it is: `z.record` would copy it,
 * and nothing in it is ours to look at.
 */
export const freeFormSchema = z.custom<Record<string, unknown>>(isRecord, 'expected object');
