import { InvalidPayloadError } from '../errors';

// The code after this walk recurses and copies. The limits are far above what a widget's form can
// send, and far below what overflows the stack.
const MAX_DEPTH = 64;
const MAX_ARRAY_LENGTH = 10_000;
export const MAX_STRING_LENGTH = 1_000_000;

/** class-validator trusts `object.constructor`, and app code often assigns by key. */
export const FORBIDDEN_KEYS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** An object or array still to be walked, and the path to it. */
interface Step {
  value: object;
  depth: number;
  key: string;
  parent: Step | undefined;
}

function joinPath(parent: string, key: string): string {
  return parent === '' ? key : `${parent}.${key}`;
}

// Paths are needed for invalid payloads only, so they are built on demand.
function pathOf(parent: Step, key: string): string {
  let path = key;
  for (let step = parent; step.parent !== undefined; step = step.parent) {
    path = joinPath(step.key, path);
  }
  return path;
}

function refuse(path: string, message: string, code: string): never {
  throw new InvalidPayloadError([{ path, message }], { code });
}

function tooLarge(path: string, message: string): never {
  refuse(path, message, 'payload_too_large');
}

function checkEntry(step: Step, key: string, value: unknown, open: Step[]): void {
  if (typeof value === 'string') {
    if (value.length > MAX_STRING_LENGTH) {
      tooLarge(pathOf(step, key), `must not be longer than ${String(MAX_STRING_LENGTH)} characters`);
    }
  } else if (typeof value === 'object' && value !== null) {
    open.push({ value, depth: step.depth + 1, key, parent: step });
  }
}

function walk(step: Step, forbidKeys: boolean, open: Step[]): void {
  const { value, depth } = step;
  if (depth > MAX_DEPTH) tooLarge('', `must not be nested deeper than ${String(MAX_DEPTH)} levels`);
  if (Array.isArray(value)) {
    if (value.length > MAX_ARRAY_LENGTH) {
      const path = step.parent === undefined ? '' : pathOf(step.parent, step.key);
      tooLarge(path, `must not have more than ${String(MAX_ARRAY_LENGTH)} entries`);
    }
    value.forEach((entry: unknown, index) => checkEntry(step, String(index), entry, open));
    return;
  }
  for (const key of Object.keys(value)) {
    if (forbidKeys && FORBIDDEN_KEYS.has(key)) {
      refuse(pathOf(step, key), 'is not an allowed name', 'forbidden_key');
    }
    checkEntry(step, key, (value as Record<string, unknown>)[key], open);
  }
}

/**
 * Walks a payload without recursion, before recursive code reads it.
 *
 * @throws InvalidPayloadError with code `payload_too_large` if it is nested too deeply or contains an
 *   array or string that is too long; with code `forbidden_key` if `forbidKeys` is set and a key could
 *   reach a prototype.
 */
export function checkLimits(payload: unknown, forbidKeys: boolean): void {
  const open: Step[] = [];
  checkEntry({ value: {}, depth: -1, key: '', parent: undefined }, '', payload, open);
  for (let step = open.pop(); step !== undefined; step = open.pop()) walk(step, forbidKeys, open);
}
