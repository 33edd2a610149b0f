import { createRequire } from 'node:module';
import type * as Api from '@opentelemetry/api';
import { DeveloperError } from '../errors';

export type OpenTelemetryApi = typeof Api;

const PACKAGE = '@opentelemetry/api';

/** Loads the optional package `@opentelemetry/api` on first use, so that imports work without it. */
export function loadApi(): OpenTelemetryApi {
  try {
    return createRequire(__filename)(PACKAGE) as OpenTelemetryApi;
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'MODULE_NOT_FOUND') throw error;
    throw new DeveloperError(
      'opentelemetry_missing',
      `openTelemetry() needs the package ${PACKAGE}, which is not installed.`,
      `Run: npm install ${PACKAGE}`,
      { cause: error },
    );
  }
}
