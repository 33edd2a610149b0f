import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Child } from '../../support/child';
import { post } from '../../support/client';
import { drivers } from '../../stores/drivers';
import { temporaryDirectories } from '../../stores/temporary';
import { ask, press, type Asked } from '../support/approvals';
import { outline } from '../support/chat';
import type { Answer, Role } from './shop-process';

const newDirectory = temporaryDirectories();

const NOTICE = ['notice'];
const DONE = [
  'replaced widget',
  'progress_update',
  'added assistant_message',
  '“It is gone.”',
  'done assistant_message',
];

describe.each(drivers())('processes over one SQLite file (%s)', (driver) => {
  let file: string;
  beforeEach(() => (file = join(newDirectory(), 'chat.db')));

  async function start(role: Role) {
    const child = Child.start<Answer>('agents/approvals/shop-process.ts', [file, driver, role]);
    const { port } = (await child.next()) as { port: number };
    return {
      child,
      post: (body: Parameters<typeof post>[1]) => post(`http://127.0.0.1:${String(port)}/chatkit`, body),
    };
  }
  type Server = Awaited<ReturnType<typeof start>>;

  /** Has a process ask, which is then killed. */
  async function askAndDie(): Promise<Asked> {
    const server = await start('asks');
    const asked = await ask(server);
    await server.child.killed();
    return asked;
  }

  const accept = async (server: Server, { threadId, widgets }: Asked) =>
    outline(await press(server, threadId, widgets[0]!, 'confirm'));

  /** Clicks in two processes: both have read the run before one of them decides. */
  async function acceptInBoth(servers: Server[], asked: Asked): Promise<string[][]> {
    const presses = servers.map((server) => accept(server, asked));
    await Promise.all(servers.map(({ child }) => child.next()));
    for (const { child } of servers) child.send('go');
    return Promise.all(presses);
  }

  const ran = (): string => readFileSync(`${file}.ran`, 'utf8');

  it('run an approved tool once, where its button is pressed in two at the same time', async () => {
    const asking = await start('asks');
    const asked = await ask(asking);
    const both = [asking, await start('goes on')];
    const outcomes = await acceptInBoth(both, asked);
    expect(outcomes.filter((outcome) => outcome.includes('progress_update'))).toHaveLength(1);
    for (const server of both) expect(await accept(server, asked)).toEqual(NOTICE);
    expect(ran()).toBe('a\n');
  }, 60_000);

  it('go on with a run whose process was killed, and one of them alone', async () => {
    const asked = await askAndDie();
    const both = await Promise.all([start('goes on'), start('goes on')]);
    const outcomes = await acceptInBoth(both, asked);
    expect(outcomes).toEqual(expect.arrayContaining([DONE, NOTICE]));
    for (const server of both) expect(await accept(server, asked)).toEqual(NOTICE);
    expect(ran()).toBe('a\n');
  }, 60_000);

  it('do not run a tool again in which the process was killed that had gone on', async () => {
    const asked = await askAndDie();
    const [hanging, other] = await Promise.all([start('hangs'), start('goes on')]);
    const left = accept(hanging, asked).catch(() => 'left');
    expect(await hanging.child.next()).toEqual({ read: true });
    hanging.child.send('go');
    expect(await hanging.child.next()).toEqual({ ran: 'a' });
    await hanging.child.killed();
    expect(await left).toBe('left');

    const late = accept(other, asked);
    await other.child.next();
    other.child.send('go');
    expect(await late).toEqual(NOTICE);
    expect(ran()).toBe('a\n');
  }, 60_000);
});
