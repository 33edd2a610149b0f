import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isRecord } from '../protocol';
import { TemplateError } from './template-error';

/** The content of a `.widget` file of ChatKit Studio. */
export interface WidgetDefinition {
  /** The version of the format. Only `1.0` exists. */
  readonly version: string;
  readonly name: string;
  /** A Jinja template that renders the widget's JSON. */
  readonly template: string;
  /** The schema of the data. Without it any data is accepted. */
  readonly jsonSchema?: unknown;
  /** The widget as Studio showed it. It is an example and not used to build widgets. */
  readonly outputJsonPreview?: unknown;
  readonly [more: string]: unknown;
}

/** The file's absolute path. Strings are resolved against the working directory. */
export const pathOf = (file: string | URL): string =>
  file instanceof URL ? fileURLToPath(file) : resolve(file);

export function readDefinition(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8').replace(/^\uFEFF/, '')) as unknown;
  } catch (cause) {
    const reason = cause instanceof SyntaxError ? 'it is not JSON' : 'it cannot be read';
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new TemplateError('template_unreadable', `The widget template ${path}: ${reason} (${detail}).`, {
      cause,
    });
  }
}

/** @param from The file, for messages. */
export function checkDefinition(value: unknown, from: string | undefined): WidgetDefinition {
  const problem = problemOf(value);
  if (problem === undefined) return value as WidgetDefinition;
  throw new TemplateError('template_invalid', `${titleOf(value, from)}: ${problem}.`);
}

/** The title of a template in messages: `The widget template "Booking" (/app/widgets/booking.widget)`. */
export function titleOf(definition: unknown, from: string | undefined): string {
  const name =
    isRecord(definition) && typeof definition['name'] === 'string' ? ` "${definition['name']}"` : '';
  return `The widget template${name}${from === undefined ? '' : ` (${from})`}`;
}

function problemOf(value: unknown): string | undefined {
  if (!isRecord(value)) return 'a definition is an object with version, name and template';
  const { version, name, template, jsonSchema } = value;
  if (version !== '1.0') return `version ${JSON.stringify(version)} is not supported; use "1.0"`;
  if (typeof name !== 'string' || name === '') return 'it has no name';
  if (typeof template !== 'string') return 'its template is not a string';
  const hasSchema = jsonSchema === undefined || isRecord(jsonSchema) || typeof jsonSchema === 'boolean';
  return hasSchema ? undefined : 'its jsonSchema is not a JSON Schema';
}
