import { join } from 'node:path';
import { Child } from '../../support/child';
import { post } from '../../support/client';
import { drivers } from '../../stores/drivers';
import { temporaryDirectories } from '../../stores/temporary';
import { ask, press } from '../support/approvals';
import { outline } from '../support/chat';
import type { Answer } from './shop-process';

const newDirectory = temporaryDirectories();

async function start(file: string, driver: string) {
  const child = Child.start<Answer>('agents/approvals/shop-process.ts', [file, driver]);
  const { port } = (await child.next()) as { port: number };
  return {
    child,
    post: (body: Parameters<typeof post>[1]) => post(`http://127.0.0.1:${String(port)}/chatkit`, body),
  };
}

describe.each(drivers())('two processes over one SQLite file (%s)', (driver) => {
  it('run an approved tool once, where its button is pressed in both at the same time', async () => {
    const file = join(newDirectory(), 'chat.db');
    const both = await Promise.all([start(file, driver), start(file, driver)]);
    const { threadId, widgets } = await ask(both[0]);
    const presses = both.map((chat) => press(chat, threadId, widgets[0]!, 'confirm'));
    // Both have read the run before one of them decides.
    await Promise.all(both.map(({ child }) => child.next()));
    both[0].child.send('go');
    both[1].child.send('go');
    const outcomes = await Promise.all(presses);
    const ran = await Promise.all(both.map(({ child }) => child.ask('ran')));
    expect(ran.flatMap((answer) => ('ran' in answer ? answer.ran : []))).toEqual(['a']);
    expect(outcomes.map((events) => outline(events).includes('progress_update')).toSorted()).toEqual([
      false,
      true,
    ]);
    for (const chat of both) {
      expect(outline(await press(chat, threadId, widgets[0]!, 'confirm'))).toEqual(['notice']);
    }
  }, 60_000);
});
