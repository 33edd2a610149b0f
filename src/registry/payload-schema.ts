import { messageOf } from '../errors';
import { isStandardSchema, type PayloadType } from '../metadata';
import type { ExecutionOptions } from '../execution';
import { classJsonSchema } from './class-json-schema';
import { plain, type JsonSchema } from './json-schema';
import { standardJsonSchema } from './standard-json-schema';

/** The payload of a handler, as the registry describes it. */
export interface PayloadSchema {
  /** `{}` if any payload is allowed, or no schema is available. */
  readonly payload: JsonSchema;
  /** Why no schema is available. */
  readonly schemaError?: string;
}

/** The JSON Schema of a payload type. Never throws, so that one payload cannot break the registry. */
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
