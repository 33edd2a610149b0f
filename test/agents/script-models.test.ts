import * as sdk from '@openai/agents';
import { z } from 'zod';
import { scriptModels } from '../../src/testing/agents';

const { Agent, run } = sdk;
const { fetch } = globalThis;
beforeAll(() => scriptModels(sdk));
afterAll(() => (globalThis.fetch = fetch));

describe('the script that answers without a key', () => {
  it('comes up with small and large numbers, within the bounds of the schema', async () => {
    const outputType = z.object({
      score: z.number(),
      of: z.number().min(2).max(50),
      count: z.number().int().gt(0),
      below: z.number().lt(-5),
    });
    const rater = new Agent({ name: 'Rater', outputType });
    const given: z.infer<typeof outputType>[] = [];
    for (let time = 0; time < 7; time += 1) given.push((await run(rater, 'Rate')).finalOutput!);
    for (const each of given) expect(each).toEqual({ ...each, of: 10, below: -6 });
    expect(new Set(given.map(({ score }) => score)).size).toBe(7);
    expect(Math.max(...given.map(({ score }) => score))).toBeGreaterThan(100);
    expect(Math.min(...given.map(({ score }) => score))).toBeLessThan(0);
    expect(given.every(({ count }) => Number.isInteger(count) && count > 0)).toBe(true);
  });

  it('ends a loop that waits for an answer which no script knows', async () => {
    const asked = new Agent({ name: 'Asked', outputType: z.object({ answer: z.string() }) });
    const loop = async (): Promise<void> => {
      while ((await run(asked, 'What?')).finalOutput!.answer !== '42');
    };
    await expect(loop()).rejects.toThrow('a loop of the workflow waits for another answer');
  });
});
