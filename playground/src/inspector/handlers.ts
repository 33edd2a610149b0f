import { ask } from '../data/own-api';

/** The part of JSON Schema that forms support. */
export interface Schema {
  type?: string | string[];
  title?: string;
  description?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  enum?: unknown[];
  const?: unknown;
  default?: unknown;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  $ref?: string;
  $defs?: Record<string, Schema>;
  format?: string;
  minimum?: number;
  maximum?: number;
}

/** One handler of the registry. */
export interface HandlerInfo {
  kind: string;
  patterns: string[];
  where: string;
  description?: string;
  payload?: Schema;
  schemaError?: string;
  tool?: string;
  model?: string;
  signed?: boolean;
  once?: boolean;
  fromWidgetOnly?: boolean;
  guards: string[];
  interceptors: string[];
}

let loaded: Promise<HandlerInfo[]> | undefined;

/** Loads all handlers; cached until {@link forgetHandlers}. */
export function loadHandlers(): Promise<HandlerInfo[]> {
  loaded ??= ask<HandlerInfo[]>('handlers').catch((error: unknown) => {
    loaded = undefined;
    throw error;
  });
  return loaded;
}

/** Clears the cached handlers, which may have changed after a restart of the server. */
export function forgetHandlers(): void {
  loaded = undefined;
}
