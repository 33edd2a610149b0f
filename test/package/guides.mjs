import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { check } from './check.mjs';
import { TYPESCRIPTS } from './compile.mjs';
import { execute } from './execute.mjs';
import { MANIFEST, ROOT } from './project.mjs';
import { converse } from './session.mjs';
import { freePort, whileServing } from './while-serving.mjs';

/** The pages that lead from an empty folder to a chat, and what is said to that chat. */
const GUIDES = [
  {
    page: 'README.md',
    from: '## A minute of code',
    to: '## With an agent',
    headers: { 'x-user-id': 'ada' },
    answer: 'What would you like?',
    click: { type: 'item.select', payload: { id: 'item_2' } },
    clicked: 'Selected item_2. What next?',
  },
  {
    page: 'docs/getting-started.md',
    from: '## Install',
    to: '## Users',
    headers: {},
    answer: 'You said “Hello”. Pick a colour.',
    click: { type: 'colour.pick', payload: { colour: 'red' } },
    clicked: 'red, then.',
  },
];

/**
 * Follows the guides to the letter, in an empty folder each: their commands, their files. Put in is
 * only what they cannot know: the package before it is published, the compiler's release, a free port.
 * Which kind of package `npm init` makes depends on its release: ES modules are tried too. Needs a
 * registry.
 */
export async function followGuides(packed) {
  for (const guide of GUIDES) {
    const { text, blocks } = read(guide);
    const [installing, running] = blocks.filter(({ code }) => /^(npm init|npx tsc)/.test(code));
    const home = join(packed.directory, 'guides', guide.page.replaceAll(/\W/g, ''));
    mkdirSync(home, { recursive: true });
    await check(`${guide.page}: npm init, npm install`, async () => {
      for (const line of installing.code.split('\n')) await npm(line, packed, home);
      const sqlite = /`(npm install libsql)`/.exec(text);
      if (sqlite !== null && !isBuiltin('node:sqlite')) await npm(sqlite[1], packed, home);
    });
    for (const typescript of TYPESCRIPTS) {
      await npm(`npm install --save-dev typescript@${typescript}`, packed, home);
      for (const type of typescript === TYPESCRIPTS.at(-1) ? [undefined, 'module'] : [undefined]) {
        await check(`${guide.page}: TypeScript ${typescript}, ${type ?? 'package type of npm init'}`, () =>
          follow(guide, blocks, running, home, type),
        );
      }
    }
  }
}

async function follow(guide, blocks, running, home, type) {
  const manifest = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'));
  writeFileSync(join(home, 'package.json'), JSON.stringify({ ...manifest, type: type ?? manifest.type }));
  const port = await freePort();
  for (const { file, code } of blocks) {
    if (file !== undefined) writeFileSync(join(home, file), code.replaceAll('8000', port));
  }
  const commands = running.code.split(' && ').map((command) => command.split(' '));
  const [server, ...args] = commands.pop();
  for (const [command, ...rest] of commands) await execute(command, rest, { cwd: home });
  await whileServing(server, args, { cwd: home }, port, () =>
    converse(`http://localhost:${port}/chatkit`, guide),
  );
  writeFileSync(join(home, 'package.json'), JSON.stringify(manifest));
}

/** The blocks of a part of a page, those with a comment `<!-- file: name -->` as files. */
function read({ page, from, to }) {
  const all = readFileSync(join(ROOT, page), 'utf8');
  const text = all.slice(all.indexOf(from), all.indexOf(to));
  const fences = text.matchAll(/(?:<!-- file: (\S+) -->\n+)?```(\w+)\n([^]*?)\n```/g);
  return { text, blocks: Array.from(fences, ([, file, language, code]) => ({ file, language, code })) };
}

async function npm(line, { tarball }, cwd) {
  const [command, ...args] = line.split(' ').map((word) => (word === MANIFEST.name ? tarball : word));
  assert.equal(command, 'npm');
  await execute(command, [...args, '--no-audit', '--no-fund'], { cwd });
}
