import { z } from 'zod';
import { isRecord } from '../guards';

/**
 * An object with the app's own data. Its content is not checked, and it is not copied, as `z.record` would
 * do.
 */
export const freeFormSchema = z.custom<Record<string, unknown>>(isRecord, 'expected object');
