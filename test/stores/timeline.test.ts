import { Timeline } from '../../src/stores/memory/memory-threads';

test('an entry that is removed again takes no other with it', () => {
  const timeline = new Timeline<{ sequence: number }>();
  const entries = [{ sequence: 1 }, { sequence: 2 }, { sequence: 3 }] as const;
  for (const entry of entries) timeline.append(entry);
  timeline.remove(entries[1]);
  timeline.remove(entries[1]);
  timeline.remove({ sequence: 4 });
  expect([...timeline]).toEqual([entries[0], entries[2]]);
});
