import { enhancerName } from '../execution';
import { payloadTypeOf } from '../execution';
import type { GuardLike, HandlerDefinition, HandlerKind, PayloadType } from '../metadata';
import { patternText } from './pattern';

/** One handler as data, for catalogues and checks. */
export interface RouteInfo {
  readonly kind: HandlerKind;
  /** Names and patterns with the controller's prefix; a RegExp as its source with slashes. */
  readonly patterns: readonly string[];
  /** `ItemController.select`. */
  readonly where: string;
  readonly description?: string | undefined;
  readonly payload?: PayloadType | undefined;
  /** For which choice of the user a responder is. */
  readonly tool?: string | undefined;
  readonly model?: string | undefined;
  /** The names of the guards, in the order in which they are asked. */
  readonly guards: readonly string[];
}

export function routeInfo(definition: HandlerDefinition, appGuards: readonly GuardLike[]): RouteInfo {
  const { declaration, where, patterns, guards } = definition;
  return Object.freeze({
    kind: declaration.kind,
    patterns: Object.freeze(patterns.map(patternText)),
    where,
    description: declaration.description,
    payload: payloadTypeOf(definition),
    tool: declaration.tool,
    model: declaration.model,
    guards: Object.freeze([...appGuards, ...guards].map(enhancerName)),
  });
}
