import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { spawn, type ChildProcess } from 'node:child_process';
import { setDefaultOpenAIClient } from '@openai/agents';
import OpenAI from 'openai';
import { codeBlocks } from '../docs/code-blocks';
import { runBlock } from '../docs/run-block';
import { compileSample, freePort } from '../samples/sample-process';
import { serveChat, threadIdOf } from '../support/chat';
import { open, post } from '../support/client';
import * as wire from '../support/requests';
import { functionCall, message } from './golden/stream';
import { outline } from './support/chat';
import { OpenAiServer } from './support/openai-server';
import { chatAnswer, responding } from './support/scripts';

const widgetIn = (events: readonly object[]): string =>
  (
    events.find((event) => 'item' in event && (event.item as { type: string }).type === 'widget') as {
      item: { id: string };
    }
  ).item.id;

describe("README's second example", () => {
  const example = codeBlocks('README.md').filter(({ language }) => language === 'ts')[1]!;

  it('has fewer than 60 lines, and is the one that docs/agents.md begins with', () => {
    expect(example.code.split('\n').length).toBeLessThan(60);
    expect(codeBlocks('docs/agents.md').find(({ language }) => language === 'ts')!.code).toBe(example.code);
  });

  it('does what it says', async () => {
    const server = await OpenAiServer.start();
    const args = '{"id":"A-17"}';
    const called = functionCall('show_order', { index: 1 }).map((step) =>
      'api' in step && step.api.type === 'response.output_item.done'
        ? { api: { ...step.api, item: { ...(step.api['item'] as object), arguments: args } } }
        : step,
    );
    server.will(
      responding(message(['Here it is.']), called),
      responding(message(['Anything else?'])),
      responding(message(['It is cancelled.'])),
    );
    setDefaultOpenAIClient(server.client(OpenAI));
    const { ShopController } = runBlock(example, (name) => jest.requireActual(name));
    const chat = await serveChat({ controllers: [ShopController as new () => object] });

    const { events } = await chat.post(wire.create('Where is my order A-17?'));
    expect(outline(events)).toEqual([
      'done user_message',
      'added assistant_message',
      '“Here it is.”',
      'done assistant_message',
      'done widget',
      'added assistant_message',
      '“Anything else?”',
      'done assistant_message',
    ]);
    const threadId = threadIdOf({ events });
    const clicked = await chat.post(wire.act(threadId, widgetIn(events), 'order.cancel', { id: 'A-17' }));
    expect(outline(clicked.events)).toEqual(['replaced widget']);
    await chat.post(wire.say(threadId, 'Is it?'));
    expect(JSON.stringify(server.last.body.input)).toContain('The user has cancelled order A-17.');
  });
});

describe('samples/agent', () => {
  let sample: ReturnType<typeof compileSample>;
  let running: ChildProcess | undefined;
  beforeAll(() => {
    sample = compileSample('agent');
  }, 60_000);
  afterEach(() => void running?.kill());
  afterAll(() => rmSync(sample.folder, { recursive: true }));

  async function start(env: NodeJS.ProcessEnv): Promise<{ url: string; printed: string }> {
    const port = await freePort();
    const keys = { OPENAI_API_KEY: '', OPENAI_BASE_URL: '', PORT: String(port) };
    running = spawn(process.execPath, [sample.main], { env: { ...process.env, ...keys, ...env } });
    const [printed] = (await once(running.stdout!, 'data')) as [Buffer];
    return { url: `http://127.0.0.1:${String(port)}/chatkit`, printed: printed.toString() };
  }

  it('answers by a script where there is no key, and says so', async () => {
    const { url, printed } = await start({});
    expect(printed).toContain('no model: a script answers');
    const { events } = await post(url, wire.create('Hello'));
    expect(outline(events)).toEqual(
      expect.arrayContaining(['progress_update', 'done widget', 'done assistant_message']),
    );
    const threadId = threadIdOf({ events });
    const clicked = await post(url, wire.act(threadId, widgetIn(events), 'order.cancel', { id: 'A-17' }));
    expect(clicked.events.at(-1)).toMatchObject({
      item: { widget: { children: [{}, { value: 'cancelled' }, {}] } },
    });
    expect(outline((await post(url, wire.say(threadId, 'Again'))).events)).toContain('done widget');
  }, 60_000);

  it('asks any server that speaks Chat Completions', async () => {
    const call = { id: 'call_1', name: 'show_order', arguments: '{"id":"A-17"}' };
    const server = (await OpenAiServer.start()).will(
      chatAnswer(['Look', ' here.'], [call]),
      chatAnswer(['Anything else?']),
      chatAnswer(['It is cancelled.']),
    );
    const { url, printed } = await start({ OPENAI_BASE_URL: server.baseURL, OPENAI_MODEL: 'llama' });
    expect(printed).toContain(`llama at ${server.baseURL}`);
    const stream = await open(url, wire.create('Where is my order A-17?'));
    const events = await stream.end();
    expect(outline(events)).toEqual(expect.arrayContaining(['“ here.”', 'done widget', '“Anything else?”']));
    expect(server.last).toMatchObject({ path: '/v1/chat/completions', body: { model: 'llama' } });
    const threadId = threadIdOf({ events });
    await post(url, wire.act(threadId, widgetIn(events), 'order.cancel', { id: 'A-17' }));
    await post(url, wire.say(threadId, 'Is it?'));
    expect(JSON.stringify(server.last.body.messages)).toContain('The user has cancelled order A-17.');
  }, 60_000);

  it('asks OpenAI where there is a key', async () => {
    const server = (await OpenAiServer.start()).will(responding(message(['Hello', ' there.'])));
    const redirected = `const { fetch } = globalThis;
      globalThis.fetch = (url, init) => fetch(String(url).replace('https://api.openai.com/v1', '${server.baseURL}'), init);`;
    const { url, printed } = await start({
      OPENAI_API_KEY: 'sk-test',
      NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(redirected)}`,
    });
    expect(printed).toContain('gpt-5-mini at OpenAI');
    const { events } = await post(url, wire.create('Hello'));
    expect(outline(events)).toContain('“ there.”');
    expect(server.last).toMatchObject({ path: '/v1/responses', body: { model: 'gpt-5-mini' } });
  }, 60_000);
});
