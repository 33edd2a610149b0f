// Packs the package and uses it as its users do. Prints a line a check, and fails when one fails.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { check } from './check.mjs';
import { checkCommand } from './command.mjs';
import { compile, installCompilers, TYPESCRIPTS } from './compile.mjs';
import { checkContainers } from './containers.mjs';
import { checkContents } from './contents.mjs';
import { execute } from './execute.mjs';
import { checkImported } from './imported.mjs';
import { checkLockFiles } from './lock-files.mjs';
import { followGuides } from './guides.mjs';
import { checkNewProjects } from './init.mjs';
import { pack, project, ROOT } from './project.mjs';
import { checkRuntimes } from './runtimes.mjs';
import { playAgainst } from './serve.mjs';
import { checkSamples } from './samples.mjs';
import { checkTestKit } from './test-kit.mjs';
import { checkTwoCopies } from './two-copies.mjs';
import { checkTypes, importsOf, SUBPATHS } from './types.mjs';

const node = process.execPath;
const bin = (name) => join(ROOT, 'node_modules/.bin', name);

const packed = await pack();

await check('the tarball holds what it should', () => checkContents(packed));
await check('the lock files name no host', () => checkLockFiles());
await check('publint', () => execute(bin('publint'), ['run', packed.tarball, '--strict']));
// node16: modern resolution, from CommonJS and from ES modules.
await check('are the types wrong', () => execute(bin('attw'), [packed.tarball, '--profile', 'node16']));

await check('nothing optional is installed', () =>
  execute(node, ['main.cjs'], { cwd: project(packed, 'bare', { classes: false }) }),
);
await check('payloads by zod, without anything for DTO classes', () =>
  playAgainst(node, ['main.mjs'], {
    cwd: project(packed, 'schemas', { fixture: 'esm', extras: ['express'], classes: false }),
  }),
);
await check('the root loads nothing optional', () => {
  const cwd = project(packed, 'bare-root', { fixture: 'bare', extras: ['express', 'libsql'] });
  return execute(node, ['root.cjs'], { cwd });
});
await check('the client and the builders load nothing at all', () =>
  execute(node, ['client.cjs'], { cwd: project(packed, 'bare-client', { fixture: 'bare', classes: false }) }),
);
await check('a template beside the code builds', () =>
  execute(node, ['main.mjs'], { cwd: project(packed, 'templates') }),
);
await check('CommonJS, JavaScript, node:http', () =>
  playAgainst(node, ['main.cjs'], { cwd: project(packed, 'commonjs') }),
);
await check('ES module, JavaScript, Express', () =>
  playAgainst(node, ['main.mjs'], { cwd: project(packed, 'esm', { extras: ['express'] }) }),
);
await check('the check command, by npx', () => checkCommand(project(packed, 'check')));
const agents = ['@openai/agents', '@types/node', 'libsql', 'openai', 'typescript'];
await check('a workflow of Agent Builder is imported, by npx: types, tests', () =>
  checkImported(project(packed, 'imported', { fixture: 'check', extras: agents })),
);
await check('tsx, class-validator, undecorated parameters', () =>
  playAgainst(bin('tsx'), ['main.ts'], { cwd: project(packed, 'tsx', { extras: ['@types/node'] }) }),
);

await checkTwoCopies(packed);
await installCompilers();
await checkTestKit(packed);
await checkTypes(packed);
await followGuides(packed);
await checkNewProjects(packed);
await checkContainers(packed);
await checkRuntimes(packed);
await checkSamples(packed);
const app = ['express', '@types/express', '@types/node', 'libsql'];
const compiled = [
  { fixture: 'typescript', resolution: 'bundler', type: 'module', extras: app },
  { fixture: 'typescript', resolution: 'nodenext', type: 'module', extras: app },
  { fixture: 'typescript', resolution: 'nodenext', type: 'commonjs', extras: app },
  {
    fixture: 'standard-decorators',
    resolution: 'nodenext',
    type: 'module',
    extras: ['@types/node', 'valibot'],
  },
];
for (const { fixture, resolution, type, extras } of compiled) {
  const home = project(packed, `${fixture}-${resolution}-${type}`, { fixture, extras });
  writeFileSync(join(home, 'package.json'), JSON.stringify({ type }));
  writeFileSync(join(home, 'subpaths.ts'), importsOf(SUBPATHS));
  const each = TYPESCRIPTS.map((typescript) =>
    check(`TypeScript ${typescript}, ${fixture}, ${resolution}, ${type}`, async () => {
      const main = await compile(typescript, home, `tsconfig.${resolution}.json`);
      await playAgainst(node, [main], { cwd: home });
    }),
  );
  await Promise.all(each);
}

// The runtime of JSX is found by compilers, not by code.
for (const type of ['module', 'commonjs']) {
  const home = project(packed, `widgets-${type}`, { fixture: 'widgets', extras: ['@types/node'] });
  writeFileSync(join(home, 'package.json'), JSON.stringify({ type }));
  const config = 'tsconfig.nodenext.json';
  for (const typescript of TYPESCRIPTS) {
    await check(`TypeScript ${typescript}, widgets and JSX, nodenext, ${type}`, async () => {
      await execute(node, [await compile(typescript, home, config)], { cwd: home });
    });
  }
  await check(`tsx, widgets and JSX, ${type}`, () =>
    execute(bin('tsx'), ['--tsconfig', config, 'main.tsx'], { cwd: home }),
  );
}
