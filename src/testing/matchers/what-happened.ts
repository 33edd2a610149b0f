import { isRecord } from '../../protocol';
import type { ChatResult } from '../chat';

/** A value as it appears in a message: on one line, and cut if it is long. */
export function shown(value: unknown): string {
  const text = isPlain(value) ? JSON.stringify(value) : String(value);
  return text.length > MAX ? `${text.slice(0, MAX)}…` : text;
}

const MAX = 300;

function isPlain(value: unknown): boolean {
  return !(value instanceof RegExp) && !['function', 'undefined', 'symbol', 'bigint'].includes(typeof value);
}

/**
 * The lines of a failure message: what was found of this kind, and errors that may explain what is missing.
 */
export function whatHappened(kind: string, found: readonly string[], { error, logs }: ChatResult): string {
  const lines =
    found.length === 0 ? [`There was no ${kind}.`] : [`There was this ${kind}:`, ...found.map(item)];
  if (error !== undefined) {
    lines.push(`The run ended with the error "${error.code}": ${error.message ?? 'without a message'}`);
  }
  for (const { level, message, details } of logs) {
    if (level !== 'error') continue;
    const { err } = details;
    lines.push(`The app logged: ${message}${err === undefined ? '' : ` (${describeError(err)})`}`);
  }
  return lines.join('\n');
}

function describeError(error: unknown): string {
  if (!isRecord(error)) return shown(error);
  const { name, message } = error;
  return `${String(name)}: ${String(message)}`;
}

const item = (text: string): string => `  - ${text}`;
