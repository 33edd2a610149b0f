import type { Agent, Tool } from '@openai/agents';
import { createSupportAgent } from '../../../samples/airline-support/agent';
import { Customers } from '../../../samples/airline-support/customers';
import { createCatAgent } from '../../../samples/cat-caretaker/agent';
import { createMetroAgent } from '../../../samples/metro-map/agent';
import { Network } from '../../../samples/metro-map/network';
import { createNewsAgents } from '../../../samples/news-guide/agents';

/** Keywords that OpenAI refuses in the parameters of strict tools, which those of the SDK are. */
const REFUSED = ['minLength', 'maxLength', 'default'];

const { news, events, puzzles } = createNewsAgents('a model');
const agents: Agent[] = [
  createCatAgent('a model'),
  createSupportAgent('a model', new Customers()),
  createMetroAgent('a model', new Network()),
  news,
  events,
  puzzles,
];
const tools: [string, Tool][] = agents.flatMap(({ name, tools }) =>
  tools.map((each): [string, Tool] => [`${name}: ${each.name}`, each]),
);

/** The JSON Schemas in a JSON Schema, itself among them. */
function* schemasIn(schema: unknown): Generator<Record<string, unknown>> {
  if (typeof schema !== 'object' || schema === null) return;
  if (!Array.isArray(schema)) yield schema as Record<string, unknown>;
  for (const part of Object.values(schema)) yield* schemasIn(part);
}

it('finds the tools', () => {
  expect(tools.length).toBeGreaterThan(20);
});

it.each(tools)('a model of OpenAI takes the tool “%s”', (_, tool) => {
  if (tool.type !== 'function') throw new Error('A tool of another kind.');
  expect(tool.strict).toBe(true);
  for (const schema of schemasIn(tool.parameters)) {
    expect(Object.keys(schema).filter((key) => REFUSED.includes(key))).toEqual([]);
    if (schema['type'] !== 'object') continue;
    expect(schema['additionalProperties']).toBe(false);
    expect(schema['required']).toEqual(Object.keys(schema['properties'] as object));
  }
});
