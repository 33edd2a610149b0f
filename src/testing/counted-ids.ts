import { generateId, type GenerateId, type IdKind } from '../store';

/**
 * Creates ids that count, separately for each kind: `msg_1`, `msg_2`, `wgt_1`. For the option `generateId`,
 * if a snapshot must stay the same. A store that outlives a test needs random ids.
 *
 * @example
 * createChatKit({ …, generateId: countedIds() });
 */
export function countedIds(): GenerateId {
  const counts = new Map<IdKind, number>();
  return (kind) => {
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    const [prefix = kind] = generateId(kind).split('_');
    return `${prefix}_${String(count)}`;
  };
}
