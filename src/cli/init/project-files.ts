import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { Manifest } from '../manifest';
import { jsonFile, lines, type ProjectFile } from '../project-file';
import type { Choices } from './choices';
import { packageManifest } from './package-manifest';
import { readmeFile } from './readme-file';

/** All files of a new project: copied from the chosen folders of `starter`, or made from the choices. */
export function projectFiles(choices: Choices, manifest: Manifest): ProjectFile[] {
  const { store, agent, packageManager } = choices;
  const starter = join(manifest.folder, 'starter');
  return [
    { path: 'package.json', text: jsonFile(packageManifest(choices, manifest)) },
    readmeFile(choices),
    { path: '.gitignore', text: lines('node_modules', 'dist', '.env', store === 'sqlite' && '.data') },
    ...environmentFile(choices),
    // Without it, Yarn 2 and later keep packages in archives, which TypeScript and tsx cannot read.
    ...(packageManager === 'yarn' ? [{ path: '.yarnrc.yml', text: lines('nodeLinker: node-modules') }] : []),
    ...['base', agent ? 'agent' : 'plain', store].flatMap((part) => filesIn(join(starter, part))),
  ];
}

function filesIn(folder: string): ProjectFile[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const file = join(entry.parentPath, entry.name);
      return { path: relative(folder, file).split(sep).join('/'), text: readFileSync(file, 'utf8') };
    });
}

function environmentFile({ store, agent }: Choices): ProjectFile[] {
  if (!agent && store !== 'postgres') return [];
  const text = lines(
    '# Copy this file to .env.',
    agent && ['', '# Without a key a script answers, and no model is asked.', 'OPENAI_API_KEY='],
    store === 'postgres' && ['', 'DATABASE_URL=postgres://user:password@localhost:5432/chat'],
  );
  return [{ path: '.env.example', text }];
}
