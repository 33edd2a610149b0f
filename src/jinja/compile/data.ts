import { type Dict, type Value } from '../values/values';

/** The data of a template: JSON values. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Converts the data to template values. */
export function templateData(data: Readonly<Record<string, Json>>): Dict {
  const dict: Dict = new Map();
  for (const key in data) dict.set(key, templateValue(data[key] as Json));
  return dict;
}

function templateValue(value: Json): Value {
  if (Array.isArray(value)) return value.map(templateValue);
  return typeof value === 'object' && value !== null ? templateData(value) : value;
}
