import { ChatController, createChatKit, MemoryStore, OnMessage } from '../../src';
import type { ChatKitApp } from '../../src/app';
import { codeBlocks } from './code-blocks';
import { runBlock } from './run-block';

const blocks = codeBlocks('docs/registry.md');
const load = (name: string): unknown => jest.requireActual(name);
const { chatApp } = runBlock(
  blocks.find(({ file }) => file === 'chat.ts')!,
  load,
) as { chatApp: ChatKitApp };

function run(including: string): Record<string, unknown> {
  const block = blocks.find(({ language, code }) => language === 'ts' && code.includes(including))!;
  return runBlock(block, (name) => (name === './chat' ? { chatApp } : load(name)));
}

@ChatController()
class Responder {
  @OnMessage()
  reply(): void {
    // answers nothing
  }
}

describe("the registry's page", () => {
  it('shows the registry of its example', () => {
    const shown = blocks.find(({ language }) => language === 'json')!;
    expect(chatApp.registry()).toEqual(JSON.parse(shown.code));
  });

  it('writes it down for people', () => {
    const log = jest.spyOn(console, 'log').mockImplementation();
    run('console.log(');
    const lines = log.mock.calls.flat();
    log.mockRestore();
    expect(lines[0]).toBe('## cart.add\n\nPuts an article into the cart.\n');
    expect(lines[1]).toMatch(/^ {4}\{\n {6}"\$schema"/);
  });

  it('makes tools of it', () => {
    expect(run('export const tools')['tools']).toEqual([
      {
        type: 'function',
        name: 'cart_add',
        description: 'Puts an article into the cart.',
        parameters: chatApp.registry()[0]!.payload,
        strict: false,
      },
    ]);
  });

  it('gives a valibot schema its words', () => {
    const { CartController } = run("from 'valibot'") as { CartController: new () => object };
    const app = createChatKit({
      controllers: [CartController, Responder],
      store: new MemoryStore(),
      owner: 'shared',
    });
    expect(app.registry()[0]).toMatchObject({
      patterns: ['cart.add'],
      payload: { type: 'object', properties: { id: { type: 'string' } }, required: ['id'] },
    });
  });
});
