import { MemoryStore, type Store } from '../../src';
import { SqliteStore } from '../../src/stores/sqlite';
import { drivers } from '../stores/drivers';
import { play } from './client';
import { compare } from './compare';
import { tableRows } from './docs';
import type { Scenario } from './language';
import { normalise } from './normalise';
import { startOurs } from './our-side';
import { RULES } from './rules';
import { FAMILIES } from './scenarios';
import type { Side } from './session';
import { readTranscripts } from './transcripts';

/*
 * Every scenario is played to our server, on every store, and held against what the reference did
 * when `npm run conformance:record` was run last. A scenario that is new or has changed needs a new
 * recording.
 */

const stores: [name: string, create: () => Store, mode: 'development' | 'production'][] = [
  ['MemoryStore', () => new MemoryStore(), 'production'],
  ...drivers().map((driver): [string, () => Store, 'production'] => [
    `SqliteStore (${driver})`,
    () => new SqliteStore(':memory:', { driver }),
    'production',
  ]),
];

const families = Object.entries(FAMILIES).map(
  ([family, scenarios]) => [family, scenarios, readTranscripts(family)] as const,
);

describe.each(stores)('%s', (name, create, mode) => {
  let side: Side;
  /** The scenarios that need each rule. */
  const used = new Map<string, string[]>();
  beforeAll(async () => {
    side = await startOurs(name, create, mode);
  });
  afterAll(() => side.close());

  describe.each(families)('%s', (_, scenarios, transcripts) => {
    test.each(scenarios.map((scenario): [string, Scenario] => [scenario.name, scenario]))(
      '%s',
      async (scenarioName, scenario) => {
        const recorded = transcripts[scenarioName];
        if (recorded === undefined) throw new Error('Not recorded yet: run `npm run conformance:record`.');
        const verdict = compare(scenario, recorded, normalise(await play(scenario, side)));
        for (const rule of verdict.used) used.set(rule, [...(used.get(rule) ?? []), scenarioName]);
        expect(verdict.difference?.ours).toEqual(verdict.difference?.expected);
        expect(verdict.difference).toBeUndefined();
        expect(verdict.compared).toBe(scenario.exchanges.length);
      },
    );
  });

  test('every deliberate difference is shown by a scenario', () => {
    expect(RULES.map((rule) => rule.name).filter((rule) => !used.has(rule))).toEqual([]);
  });

  test('the page on the differences names them all, each with a scenario that needs it', () => {
    const rows = tableRows('protocol-differences.md');
    expect(rows.map(([rule]) => rule).sort()).toEqual(
      [...new Set(RULES.map(({ name: rule }) => rule))].sort(),
    );
    for (const [rule = '', , scenario] of rows) expect(used.get(rule)).toContain(scenario);
  });
});

test('scenarios have names of their own', () => {
  const names = Object.values(FAMILIES).flatMap((scenarios) => scenarios.map(({ name }) => name));
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

test('there is nothing in the recordings that is no longer played', () => {
  for (const [, scenarios, transcripts] of families) {
    expect(Object.keys(transcripts).sort()).toEqual(scenarios.map(({ name }) => name).sort());
  }
});
