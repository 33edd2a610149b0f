import { exactly } from '../exactly';
import type { Json } from '../language';
import type { Rule } from './rule';

const INTEGER = /^<integer (-?\d+)>$/;

/** What JavaScript writes for a number that it has read. */
function rounded(value: Json): Json {
  if (typeof value === 'string') {
    const [, digits] = INTEGER.exec(value) ?? [];
    return digits === undefined ? value : (exactly(JSON.stringify(Number(digits))) as Json);
  }
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(rounded);
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, rounded(child)]));
}

export const numbers: Rule[] = [
  {
    name: 'integers are exact up to 2^53',
    apply({ expected }) {
      Object.assign(expected, rounded(expected as unknown as Json));
    },
  },
];
