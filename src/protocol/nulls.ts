/*
 * Null protocol fields are left out on the wire. Nulls inside free-form data stay. Inside a widget nearly all
 * nulls are removed.
 */

interface JsonObject {
  [key: string]: Json;
}
export type Json = string | number | boolean | null | Json[] | JsonObject;

/**
 * As in the reference implementation: null keys and elements are removed at any depth, also in payloads. A
 * null `children` is removed only from a component; a `children` key in other data keeps it.
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

/** @param freeForm Keys whose values are the app's own data and stay unchanged. */
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
