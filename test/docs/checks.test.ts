import type { ChatKitApp } from '../../src/app';
import { StartupError } from '../../src/errors';
import { outcomeOf } from '../../src/cli/check/outcome';
import { outcomeText } from '../../src/cli/check/outcome-text';
import { codeBlocks, type CodeBlock } from './code-blocks';
import { runBlock } from './run-block';

const blocks = codeBlocks('docs/checks.md');
const load = (name: string): unknown => jest.requireActual(name);
const example = blocks.find(({ file }) => file === 'app.ts')!;
const { app, articleCard } = runBlock(example, load) as { app: ChatKitApp; articleCard: unknown };

const printed = (beginning: string): CodeBlock =>
  blocks.find(({ language, code }) => language === 'text' && code.startsWith(beginning))!;

describe('the page of checks', () => {
  it('shows how an app with a problem does not start', () => {
    const code = example.code.replace("type: 'cart.add'", "type: 'cart.addd'");
    const start = (): unknown => runBlock({ ...example, code }, load);
    expect(start).toThrow(StartupError);
    expect(start).toThrow(printed('StartupError: ').code.replace('StartupError: ', ''));
  });

  it('shows what the command prints', () => {
    const outcome = outcomeOf(app.check(), false);
    expect(outcomeText(outcome)).toBe(`${printed('No problems').code}\n`);
    const json = blocks.find(({ language }) => language === 'json')!;
    expect(outcome).toEqual(JSON.parse(json.code));
  });

  it('has a test to copy', () => {
    const copy = blocks.find(({ code }) => code.includes('app.check('))!;
    const here = (name: string): unknown => (name === './app' ? { app, articleCard } : load(name));
    expect(() => runBlock(copy, here)).not.toThrow();
  });
});
