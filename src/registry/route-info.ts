import { enhancerName, enhancersOf, payloadTypeOf, type ExecutionOptions } from '../execution';
import type { HandlerDefinition, HandlerKind } from '../metadata';
import { plain, type JsonSchema } from './json-schema';
import { payloadSchema } from './payload-schema';
import { patternText } from '../routing';

/** One handler as plain JSON data. */
export interface RouteInfo {
  readonly kind: HandlerKind;
  /** Names and patterns with the controller's prefix; a RegExp as source with slashes. Empty for hooks. */
  readonly patterns: readonly string[];
  /** Class and method: `ItemController.select`. */
  readonly where: string;
  /** The decorator's `description`. */
  readonly description?: string;
  /**
   * The payload as a self-contained JSON Schema (draft 2020-12); `{}` if any payload is allowed or no
   * schema is available. Absent if the handler takes no payload.
   */
  readonly payload?: JsonSchema;
  /** Why `payload` is `{}` although the payload is validated. */
  readonly schemaError?: string;
  /** The tool, or model, for which a responder is used. */
  readonly tool?: string;
  readonly model?: string;
  /** As set in the decorator; absent if it is not set. */
  readonly signed?: boolean;
  readonly once?: boolean;
  readonly fromWidgetOnly?: boolean;
  /** The names of the guards, in call order. */
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
