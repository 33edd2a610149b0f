import { messageOf } from '../errors';
import { isStandardSchema, type PayloadType } from '../metadata';
import type { ExecutionOptions } from '../execution';
import { classJsonSchema } from './class-json-schema';
import { plain, type JsonSchema } from './json-schema';
import { standardJsonSchema } from './standard-json-schema';

/** What a registry says of a payload. */
export interface PayloadSchema {
  /** `{}` where it may be anything, or cannot be told. */
  readonly payload: JsonSchema;
  /** Why it cannot be told. */
  readonly schemaError?: string;
}

/** The JSON Schema of what a widget may send. Never throws: half a registry is better than none. */
export function payloadSchema(
  type: PayloadType,
  unknownFields: ExecutionOptions['unknownFields'],
): PayloadSchema {
  if (type === 'unchecked') return { payload: {} };
  try {
    const schema = isStandardSchema(type)
      ? standardJsonSchema(type)
      : classJsonSchema(type, unknownFields === 'refuse');
    return { payload: plain(schema) };
  } catch (error) {
    return { payload: {}, schemaError: messageOf(error) };
  }
}
