/*
 * Protocol fields that are null are left out on the wire, nulls inside free-form data stay, and
 * inside a widget nearly all nulls go. Few values hold a null, so each is written in one go and only
 * a text that may hold one is gone through with care.
 */

import { notJson, refusePromises } from './not-json';

interface JsonObject {
  [key: string]: Json;
}
type Json = string | number | boolean | null | Json[] | JsonObject;

const NO_KEYS: ReadonlySet<string> = new Set();

/** A null as a value, not inside a word. A text that quotes one in a string costs only the slow path. */
const NULL_VALUE = /[:[,]null[,\]}]/;

/**
 * As the reference has it: keys and elements that are null go, at any depth, payloads included. A
 * null under `children` goes only where it is a component's own; as part of some data it stays.
 */
function dropWidgetNulls(node: Json, isComponent: boolean): void {
  if (typeof node !== 'object' || node === null) return;
  if (Array.isArray(node)) {
    let kept = 0;
    for (const element of node) {
      if (element === null) continue;
      node[kept] = element;
      kept += 1;
      dropWidgetNulls(element, isComponent);
    }
    node.length = kept;
    return;
  }
  for (const key of Object.keys(node)) {
    const value = node[key] as Json;
    const isChildren = key === 'children';
    if (value !== null) dropWidgetNulls(value, isComponent && isChildren);
    else if (isComponent || !isChildren) Reflect.deleteProperty(node, key);
  }
}

function dropNullFields(node: Json, freeForm: ReadonlySet<string>): void {
  if (typeof node !== 'object' || node === null) return;
  if (Array.isArray(node)) {
    for (const element of node) dropNullFields(element, freeForm);
    return;
  }
  for (const key of Object.keys(node)) {
    const value = node[key] as Json;
    if (value === null) Reflect.deleteProperty(node, key);
    else if (key === 'widget' || key === 'component') dropWidgetNulls(value, true);
    else if (!freeForm.has(key)) dropNullFields(value, freeForm);
  }
}

/** Its type promises a text for everything. */
const stringify: (value: unknown) => string | undefined = JSON.stringify;

/**
 * The JSON text of a value that has one: `undefined` must not become a part of another text.
 *
 * @throws DeveloperError `not_json`, with the path of what is wrong
 */
export function jsonText(value: unknown): string {
  let text: string | undefined;
  try {
    text = stringify(value);
  } catch (error) {
    throw notJson(value, error);
  }
  if (text === undefined) throw new TypeError(`A value of type ${typeof value} has no JSON text.`);
  // Only where JSON has written one so are promises looked for.
  if (text.includes('{}')) refusePromises(value);
  return text;
}

/** The JSON text of an object, of the texts of its fields; those that are undefined are left out. */
export function objectText(fields: Readonly<Record<string, string | undefined>>): string {
  return `{${fieldTexts(fields).join(',')}}`;
}

/** The fields of an object, each as JSON text; those that are undefined are left out. */
export function fieldTexts(fields: Readonly<Record<string, string | undefined>>): string[] {
  const parts: string[] = [];
  for (const key in fields) {
    const text = fields[key];
    if (text !== undefined) parts.push(`${JSON.stringify(key)}:${text}`);
  }
  return parts;
}

/**
 * The JSON text of a protocol value without the nulls that the wire leaves out. The value itself is
 * not touched.
 *
 * @param freeForm Keys whose values are the application's own data, to be left alone.
 */
export function stringifyWithoutNulls(value: unknown, freeForm: ReadonlySet<string> = NO_KEYS): string {
  const text = jsonText(value);
  if (!NULL_VALUE.test(text)) return text;
  // From the text, not the value: what JSON makes null (NaN, a hole in an array) is met here too.
  const copy = JSON.parse(text) as Json;
  dropNullFields(copy, freeForm);
  return JSON.stringify(copy);
}
