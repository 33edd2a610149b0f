import type { Json, JsonObject } from '../language';
import type { Rule } from './rule';

/** The reference sends naive local time, which browsers misread. */
export const utcTimes: Rule = {
  name: 'times are UTC',
  apply({ expected }) {
    toUtc(expected as unknown as JsonObject);
  },
};

function toUtc(value: Json): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, child] of Object.entries(value)) {
    if (child === '<local time>') Object.assign(value, { [key]: '<time>' });
    else toUtc(child);
  }
}
