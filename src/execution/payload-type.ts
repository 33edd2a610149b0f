import type { HandlerDefinition, PayloadType } from '../metadata';
import { isClass } from '../metadata';

/** The types of the parameter that takes the payload: from `@Payload`, and as emitted by the compiler. */
export function payloadParam(
  definition: HandlerDefinition,
): { type?: PayloadType | undefined; emitted: unknown } | undefined {
  for (const [index, source] of definition.params) {
    if (source.kind === 'payload') return { type: source.type, emitted: definition.paramTypes?.[index] };
  }
  return undefined;
}

/**
 * The type of a handler's payload: from `@Payload`, else from `@OnAction` or the action definition, else
 * the parameter's class. `undefined` if the handler takes none. An explicit type is checked even if no
 * parameter takes the payload.
 *
 * The startup checks have made sure that an emitted class is usable for validation.
 */
export function payloadTypeOf(definition: HandlerDefinition): PayloadType | undefined {
  const param = payloadParam(definition);
  if (param?.type !== undefined) return param.type;
  const { payload } = definition.declaration;
  if (payload !== undefined) return payload === 'none' ? undefined : payload;
  return param !== undefined && isClass(param.emitted) ? param.emitted : undefined;
}
