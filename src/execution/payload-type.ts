import type { HandlerDefinition, PayloadType } from '../metadata';
import { isClass } from '../metadata';

/** Which argument of a method is the payload, and what the compiler emitted of its type. */
export function payloadParam(
  definition: HandlerDefinition,
): { type?: PayloadType | undefined; emitted: unknown } | undefined {
  for (const [index, source] of definition.params) {
    if (source.kind === 'payload') return { type: source.type, emitted: definition.paramTypes?.[index] };
  }
  return undefined;
}

/**
 * What a handler's payload must be: as its `@Payload` says, else as `@OnAction` or the definition says,
 * else as the parameter's class says. `undefined` when the handler takes none. A type that is named
 * is checked even where no parameter takes the payload.
 *
 * Startup checks have seen to it that the compiler's answer is a class worth the name.
 */
export function payloadTypeOf(definition: HandlerDefinition): PayloadType | undefined {
  const param = payloadParam(definition);
  if (param?.type !== undefined) return param.type;
  const { payload } = definition.declaration;
  if (payload !== undefined) return payload === 'none' ? undefined : payload;
  return param !== undefined && isClass(param.emitted) ? param.emitted : undefined;
}
