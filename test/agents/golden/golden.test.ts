import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { normalise } from './normalise';
import { convert } from './our-side';
import type { Outcome, Stream } from './stream';
import { FAMILIES } from './streams';

/*
 * Streams of models, converted by ours and by the reference (expected.json, made by record.ts): event by
 * event the same, up to ids and times, but where a stream says why not.
 */
const golden = JSON.parse(readFileSync(join(__dirname, 'expected.json'), 'utf8')) as {
  versions: Record<string, string>;
  outcomes: Record<string, Outcome>;
};
const all = Object.values(FAMILIES).flat();

describe.each(Object.entries(FAMILIES))('streams of %s', (_, streams) => {
  const titled = streams.map((stream): [string, Stream] => [stream.name, stream]);
  const same = titled.filter(([, { differs }]) => differs === undefined);
  if (same.length > 0) {
    it.each(same)('become what the reference makes of them: %s', async (name, stream) => {
      expect(normalise(await convert(stream))).toEqual(golden.outcomes[name]);
    });
  }

  const different = titled.filter(([, { differs }]) => differs !== undefined);
  if (different.length > 0) {
    it.each(different)('become something better than what the reference makes: %s', async (name, stream) => {
      const { why, ours } = stream.differs!;
      expect(why).not.toBe('');
      expect(golden.outcomes[name]).not.toEqual(normalise(ours)); // or the difference is gone
      expect(normalise(await convert(stream))).toEqual(ours);
    });
  }
});

describe('the recordings', () => {
  it('are of the release that this package follows, and of all streams', () => {
    expect(golden.versions).toMatchObject({ 'openai-chatkit': '1.6.5' });
    expect(Object.keys(golden.outcomes).sort()).toEqual(all.map(({ name }) => name).sort());
    expect(all.length).toBeGreaterThanOrEqual(40);
  });

  it('have a source each', () => {
    expect(all.filter(({ source }) => source === '')).toEqual([]);
  });
});
