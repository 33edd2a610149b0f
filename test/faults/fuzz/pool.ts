import * as wire from '../../support/requests';
import type { FuzzClient } from './client';
import { THREADS } from './requests';

/** The ids that stand for `@t0@` and the like. */
export type Ids = ReadonlyMap<string, string>;

/** Makes threads for the bodies of a round, each with a widget, a call of a client tool and questions. */
export async function makePool(client: FuzzClient): Promise<Ids> {
  const ids = new Map<string, string>();
  for (let thread = 0; thread < THREADS; thread += 1) await addThread(client, ids, String(thread));
  return ids;
}

async function addThread(client: FuzzClient, ids: Map<string, string>, n: string): Promise<void> {
  const post = async (body: wire.Wire): Promise<string> => {
    const shot = { to: 'chat', type: 'application/json', body: Buffer.from(JSON.stringify(body)) } as const;
    return (await client.send(shot, 'pool')).text;
  };
  const note = (key: string, text: string, pattern: RegExp): string => {
    const id = pattern.exec(text)?.[1];
    if (id === undefined) throw new Error(`No ${key} in: ${text}`);
    ids.set(`@${key}${n}@`, id);
    return id;
  };
  const created = await post(wire.create('widget'));
  const thread = note('t', created, /"thread":\{"id":"([^"]+)"/);
  note('m', created, /"id":"(msg_[^"]+)"/);
  note('w', created, /"id":"([^"]+)"[^{}]*"type":"widget"/);
  const last = ['call', 'ask'][Number(n) % 2] ?? '';
  for (const what of ['call', 'ask', last]) {
    const said = await post(wire.say(thread, what));
    if (what === 'ask') note('q', said, /"id":"([^"]+)"[^{}]*"type":"structured_input"/);
    else note('c', said, /"id":"([^"]+)"[^{}]*"type":"client_tool_call"/);
  }
  note('a', await post(wire.announce()), /"id":"([^"]+)"/);
}

/** A body with the ids put in. */
export function withIds(body: Buffer, ids: Ids): Buffer {
  if (!body.includes('@')) return body;
  return Buffer.from(
    body.toString('latin1').replace(/@[a-z]\d@/g, (key) => ids.get(key) ?? key),
    'latin1',
  );
}
