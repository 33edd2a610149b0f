/*
 * Protocol fields that are null are left out on the wire, nulls inside free-form data stay, and
 * inside a widget nearly all nulls go.
 */

interface JsonObject {
  [key: string]: Json;
}
export type Json = string | number | boolean | null | Json[] | JsonObject;

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

/** @param freeForm Keys whose values are the application's own data, to be left alone. */
export function dropNullFields(node: Json, freeForm: ReadonlySet<string>): void {
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
