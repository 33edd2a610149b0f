/*
 * A program for which `@openai/agents` is not installed. Prints with what its chat does not start, as JSON.
 */
import Module from 'node:module';
import type * as Agents from '../../../src/agents';
import type * as App from '../../../src/app';
import type * as Stores from '../../../src/stores';

const loader = Module as unknown as { _resolveFilename(request: string, ...more: unknown[]): string };
const resolve = loader._resolveFilename.bind(loader);
loader._resolveFilename = (request, ...more) => {
  if (request !== '@openai/agents') return resolve(request, ...more);
  throw Object.assign(new Error(`Cannot find module '${request}'`), { code: 'MODULE_NOT_FOUND' });
};

/* eslint-disable @typescript-eslint/no-require-imports -- after the line above */
const { agentController } = require('../../../src/agents') as typeof Agents;
const { createChatKit } = require('../../../src/app') as typeof App;
const { MemoryStore } = require('../../../src/stores') as typeof Stores;

const agent = { name: 'files', instructions: '', tools: [], handoffs: [] };
try {
  createChatKit({
    controllers: [agentController({ agents: [agent] })],
    store: new MemoryStore(),
    owner: 'shared',
  });
} catch (error) {
  console.log(JSON.stringify((error as { problems?: unknown }).problems ?? String(error)));
}
