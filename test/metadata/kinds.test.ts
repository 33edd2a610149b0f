/* eslint-disable @typescript-eslint/no-empty-function -- these functions are looked at, not called */
import * as v from 'valibot';
import { z } from 'zod';
import { isClass, isPayloadType, isStandardSchema, isWrittenAsClass } from '../../src/metadata';

class Dto {}
const callableSchema = Object.assign(() => undefined, { '~standard': { version: 1 } });

test('a Standard Schema is told by its ~standard property, be it an object or a function', () => {
  expect(isStandardSchema(z.object({}))).toBe(true);
  expect(isStandardSchema(v.object({}))).toBe(true);
  expect(isStandardSchema(callableSchema)).toBe(true);
  expect([Dto, null, undefined, 'x', {}, { '~standard': 1 }].filter(isStandardSchema)).toEqual([]);
});

test('a class is what new can be called with', () => {
  expect(isClass(Dto)).toBe(true);
  expect([() => undefined, { m() {} }.m, async () => undefined, {}, null].filter(isClass)).toEqual([]);
});

test('a plain function is no class by its text', () => {
  expect(isWrittenAsClass(Dto)).toBe(true);
  expect(isWrittenAsClass(function guard() {})).toBe(false);
});

test('a payload type is a class, a schema or unchecked', () => {
  expect([Dto, z.string(), callableSchema, 'unchecked'].every(isPayloadType)).toBe(true);
  expect(['checked', {}, null, 1, () => undefined].filter(isPayloadType)).toEqual([]);
});
