import { readDto, type DtoReading } from '../../../src/execution/dto';
import type { Class } from '../../../src/metadata';

export type UnknownFields = 'drop' | 'refuse' | 'keep';

/** Reads a payload, and waits for all validators. */
export async function read(
  type: Class,
  payload: Record<string, unknown>,
  unknownFields: UnknownFields = 'drop',
): Promise<DtoReading> {
  return readDto(type, payload, { unknownFields, now: false });
}

/** The issues as `path: message`. */
export async function issues(
  type: Class,
  payload: Record<string, unknown>,
  unknownFields?: UnknownFields,
): Promise<string[]> {
  const reading = await read(type, payload, unknownFields);
  return reading.issues.map(({ path, message }) => `${path}: ${message}`);
}

/** What is made of a payload in which nothing is wrong. */
export async function made<T>(
  type: Class<T>,
  payload: Record<string, unknown>,
  unknownFields?: UnknownFields,
): Promise<T> {
  const reading = await read(type as Class, payload, unknownFields);
  expect(reading.issues).toEqual([]);
  return reading.value as T;
}
