import { enhancerName, enhancersOf, payloadTypeOf, type ExecutionOptions } from '../execution';
import type { HandlerDefinition, HandlerKind } from '../metadata';
import { plain, type JsonSchema } from './json-schema';
import { payloadSchema } from './payload-schema';
import { patternText } from '../routing';

/** One handler as plain JSON data. */
export interface RouteInfo {
  readonly kind: HandlerKind;
  /** Names and patterns with the controller's prefix; a RegExp as its source with slashes. Empty for hooks. */
  readonly patterns: readonly string[];
  /** `ItemController.select`. */
  readonly where: string;
  /** What the decorator says of it. */
  readonly description?: string;
  /**
   * What a widget may send, as a JSON Schema (draft 2020-12) that is complete in itself; `{}` where it
   * may be anything. Absent when the handler takes no payload.
   */
  readonly payload?: JsonSchema;
  /** Why `payload` says nothing, though not everything is accepted. */
  readonly schemaError?: string;
  /** For which choice of the user a responder is. */
  readonly tool?: string;
  readonly model?: string;
  /** As the decorator says it; absent where it says nothing. */
  readonly signed?: boolean;
  readonly once?: boolean;
  readonly fromWidgetOnly?: boolean;
  /** The names of the guards, in the order in which they are asked. */
  readonly guards: readonly string[];
  /** The names of the interceptors, outermost first. */
  readonly interceptors: readonly string[];
}

/** All handlers as plain data, frozen. */
export function describeHandlers(
  definitions: readonly HandlerDefinition[],
  options: ExecutionOptions,
): readonly RouteInfo[] {
  return Object.freeze(definitions.map((definition) => routeInfo(definition, options)));
}

function routeInfo(definition: HandlerDefinition, options: ExecutionOptions): RouteInfo {
  const { declaration, where, patterns } = definition;
  const { guards, interceptors } = enhancersOf(definition, options);
  const { kind, description, tool, model, signed, once, fromWidgetOnly } = declaration;
  const type = payloadTypeOf(definition);
  return plain({
    kind,
    patterns: patterns.map(patternText),
    where,
    description,
    ...(type === undefined ? {} : payloadSchema(type, options.unknownFields)),
    tool,
    model,
    signed,
    once,
    fromWidgetOnly,
    guards: guards.map(enhancerName),
    interceptors: interceptors.map(enhancerName),
  } as RouteInfo);
}
