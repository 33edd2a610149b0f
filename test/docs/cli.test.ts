import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { COMMANDS } from '../../src/cli/commands';
import { folderForProjects, installPackage, ROOT } from '../cli/built-package';
import { codeBlocks } from './code-blocks';

jest.setTimeout(180_000);

/*
 * The page of the command line shows what is printed: each block that begins with `$ npx` is run, in the
 * order of the page, in a folder with the package; one after a comment `<!-- in: folder -->` in there.
 */

const PAGE = 'docs/cli.md';
const COMMAND = '$ npx chatkit-controllers ';
const texts = codeBlocks(PAGE).filter(({ language }) => language === 'text');
const sessions = texts.filter(({ code }) => code.startsWith(COMMAND));
const lines = readFileSync(join(ROOT, PAGE), 'utf8').split('\n');

let home: string;
let main: string;
beforeAll(() => {
  home = folderForProjects('cli-page');
  const installed = join(home, 'node_modules/chatkit-controllers');
  installPackage(installed);
  cpSync(join(ROOT, 'samples/from-agent-builder'), join(installed, 'samples/from-agent-builder'), {
    recursive: true,
  });
  cpSync(join(ROOT, 'samples/from-agent-builder/export.ts'), join(home, 'workflow.ts'));
  main = join(installed, 'dist/cli/main.js');
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

test.each(COMMANDS.map(({ name, usage }) => [name, usage]))('has the usage of %s', (_, usage) => {
  expect(texts.map(({ code }) => code)).toContain(usage.trimEnd());
});

test.each(COMMANDS.map(({ name }) => name))('shows what %s prints', (name) => {
  expect(sessions.map(({ code }) => code)).toContainEqual(expect.stringContaining(`${COMMAND}${name} `));
});

test.each(sessions.map(({ code, line }) => [code.slice(0, code.indexOf('\n')), code, line] as const))(
  '%s',
  async (command, code, line) => {
    const folder = /^<!-- in: (\S+) -->$/.exec(lines[line - 4] ?? '')?.[1] ?? '.';
    const args = command.slice(COMMAND.length).split(' ');
    const printed = args[0] === 'playground' ? await firstLines(args) : toTheEnd(args, join(home, folder));
    expect(printed).toBe(`${code.slice(command.length + 1)}\n`);
  },
);

const env = { ...process.env, npm_config_user_agent: undefined };

function toTheEnd(args: string[], cwd: string): string {
  const { stdout, stderr } = spawnSync(process.execPath, [main, ...args], { cwd, encoding: 'utf8', env });
  expect(stderr).toBe('');
  return stdout.trimEnd() + '\n';
}

/** Of a command that goes on: what it prints until it waits. The port may be taken here. */
async function firstLines(args: string[]): Promise<string> {
  const child = spawn(process.execPath, [main, ...args, '--port', '0'], { env });
  const [text] = (await once(child.stdout, 'data')) as [Buffer];
  child.kill();
  await once(child, 'close');
  return String(text).replace(/localhost:\d+\/playground/, 'localhost:8001/playground');
}
