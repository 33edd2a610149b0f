/*
 * A server of the shop, over a SQLite file. Tells its port, then that it has read a run that waits for
 * approval; it goes on when it is sent `go`. Each thing that its tool deletes is a line of `<file>.ran`.
 */
import { appendFileSync } from 'node:fs';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { assistantMessage, ScriptedModel } from '@openai/agents/testing';
import { SqliteStore } from '../../../src/stores/sqlite';
import type { DriverName } from '../../../src/stores/sqlite/find-driver';
import { interfere } from '../../support/failing-store';
import { LISTENERS } from '../../support/listeners';
import { controllersOf, shop } from '../support/shop';

/** What its model and its tool do: it asks, goes on with what another has asked, or hangs in the tool then. */
export type Role = 'asks' | 'goes on' | 'hangs';
export type Answer = { port: number } | { read: true } | { ran: string };

const [file = '', driver, role] = process.argv.slice(2);
const tell = (answer: Answer): unknown => process.send!(answer);
const { agent } = shop(['a'], 'shop', async (id) => {
  appendFileSync(`${file}.ran`, `${id}\n`);
  tell({ ran: id });
  if (role === 'hangs') await new Promise(() => undefined);
});
if (role !== 'asks') agent.model = new ScriptedModel([[assistantMessage('It is gone.')]]);
let isFirst = true;
const store = interfere(
  new SqliteStore(file, { driver: driver as DriverName }),
  async ({ method, args }, proceed) => {
    const result: unknown = await proceed();
    if (method === 'getValue' && String(args[1]).startsWith('agents.approval.') && isFirst) {
      isFirst = false;
      tell({ read: true });
      await once(process, 'message');
    }
    return result;
  },
);
const listener = LISTENERS['node:http']!({
  controllers: controllersOf(agent, { agents: [agent] }),
  store,
  context: () => ({ userId: 'alice' }),
  owner: ({ userId }) => userId,
});
const server = createServer(listener);
server.listen(0, '127.0.0.1', () => tell({ port: (server.address() as AddressInfo).port }));
