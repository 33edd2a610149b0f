import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { check } from './check.mjs';
import { compile, TYPESCRIPTS } from './compile.mjs';
import { MANIFEST, project } from './project.mjs';

/** The entry points whose types speak of those of another package; see `peerDependencies`. */
const ASKING = {
  './node': ['@types/node'],
  './playground': ['@types/node'],
  './express': ['express', '@types/express'],
};

/** All subpaths that code may import. */
export const SUBPATHS = Object.keys(MANIFEST.exports).filter((subpath) => !subpath.endsWith('.json'));

/** TypeScript that names these subpaths. */
export function importsOf(subpaths) {
  return subpaths
    .map((subpath, index) => `export * as part${index} from '${MANIFEST.name}${subpath.slice(1)}';\n`)
    .join('');
}

/** The published types compile, without skipLibCheck, where nothing is installed that they do not name. */
export async function checkTypes(packed) {
  const others = SUBPATHS.filter((subpath) => !(subpath in ASKING));
  await compileAlone(packed, 'all others', others, []);
  for (const [subpath, extras] of Object.entries(ASKING)) {
    await compileAlone(packed, subpath, [subpath], extras);
  }
}

async function compileAlone(packed, title, subpaths, extras) {
  const home = project(packed, `types-${title.replaceAll(/\W/g, '')}`, {
    fixture: 'types',
    extras,
    classes: false,
  });
  writeFileSync(join(home, 'main.ts'), importsOf(subpaths));
  const installed = extras.length === 0 ? 'nothing else' : extras.join(' and ');
  for (const typescript of TYPESCRIPTS) {
    await check(`TypeScript ${typescript}, types of ${title}, with ${installed} installed`, () =>
      compile(typescript, home, 'tsconfig.json'),
    );
  }
}
