import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020';
import { ChatController, OnAction } from '../../src/decorators';
import { InvalidPayloadError } from '../../src/errors';
import type { ExecutionOptions } from '../../src/execution';
import type { PayloadType } from '../../src/metadata';
import type { JsonSchema } from '../../src/registry';
import { payloadSchema } from '../../src/registry/payload-schema';
import { handlerOf, testContext } from '../execution/support';

type UnknownFields = ExecutionOptions['unknownFields'];

// Strict about what is no keyword of the draft; formats are known, and not what is tested.
const ajv = new Ajv2020({
  strict: true,
  strictTypes: false,
  strictRequired: false,
  formats: { email: true, 'date-time': true, date: true, ipv4: true, ipv6: true, uuid: true, hostname: true },
});

export function schemaOf(type: PayloadType, unknownFields: UnknownFields = 'drop'): JsonSchema {
  const { payload, schemaError } = payloadSchema(type, unknownFields);
  if (schemaError !== undefined) throw new Error(schemaError);
  return payload;
}

/** The schema as a validator; throws when it is no correct schema of the draft. */
export function compiled(type: PayloadType, unknownFields: UnknownFields = 'drop'): ValidateFunction {
  return ajv.compile(schemaOf(type, unknownFields));
}

/** What the server itself says to payloads of this type. */
export function judge(
  type: PayloadType,
  unknownFields: UnknownFields = 'drop',
): (payload: unknown) => Promise<boolean> {
  @ChatController()
  class Controller {
    @OnAction('a', { payload: type, sync: true })
    handle(): void {
      // takes it
    }
  }
  const handler = handlerOf(Controller, { unknownFields });
  return async (payload) => {
    try {
      await handler.call(testContext({ action: { type: 'a', payload } }));
      return true;
    } catch (error) {
      if (error instanceof InvalidPayloadError) return false;
      throw error;
    }
  };
}
