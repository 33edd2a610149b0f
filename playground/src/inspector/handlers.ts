import { ask } from '../data/own-api';

/** A JSON Schema, as far as forms are made of it. */
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

/** One handler, as the registry names it. */
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

/** All handlers; asked for once, until {@link forgetHandlers}. */
export function loadHandlers(): Promise<HandlerInfo[]> {
  loaded ??= ask<HandlerInfo[]>('handlers').catch((error: unknown) => {
    loaded = undefined;
    throw error;
  });
  return loaded;
}

/** They may have changed: the server was started anew. */
export function forgetHandlers(): void {
  loaded = undefined;
}
