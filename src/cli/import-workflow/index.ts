import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, extname, resolve } from 'node:path';
import type { ImportArguments } from '../arguments';
import { DeveloperError, messageOf } from '../../errors';
import { UsageError } from '../usage';
import { loadTypeScript } from './load-typescript';
import type { ImportOutcome } from './outcome';
import { projectFiles, type ProjectFile, type ProjectPlan } from './project';
import { readExport, type ReadExport } from './read-export';
import { refusalOf, writeProject } from './write-project';

export { importOutcomeText } from './outcome-text';
export type { ImportedWorkflow, ImportOutcome } from './outcome';

/** What is read of the manifest of this package, and where that is. */
export interface Manifest {
  readonly folder: string;
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
}

/**
 * Makes a project of an export of Agent Builder.
 *
 * @throws UsageError, DeveloperError `typescript_missing`, `project_not_written`
 */
export function importWorkflow(args: ImportArguments, manifest: Manifest): ImportOutcome {
  const text = readFile(args.file);
  const out = args.out ?? `${basename(args.file, extname(args.file))}-chat`;
  const refusal = refusalOf(resolve(out), args.force);
  if (refusal !== undefined) throw new UsageError(refusal);
  const reading = readExport(loadTypeScript(), args.file, text, args.workflow);
  if (!reading.ok) return { ok: false, out, problems: reading.problems };
  const { read } = reading;
  const files = projectFiles(planOf(args, out, read, manifest));
  write(resolve(out), files);
  return { ok: true, out, problems: [], files: files.map(({ path }) => path), ...toldOf(read) };
}

function readFile(file: string): string {
  if (!existsSync(file)) throw new UsageError(`There is no file ${file}.`);
  if (!statSync(file).isFile()) throw new UsageError(`${file} is no file.`);
  try {
    return decoded(readFileSync(file));
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${messageOf(error)}.`);
  }
}

/** UTF-8, or UTF-16 as editors and shells of Windows save it. */
function decoded(bytes: Uint8Array): string {
  const encoding = { '255 254': 'utf-16le', '254 255': 'utf-16be' }[bytes.subarray(0, 2).join(' ')];
  return new TextDecoder(encoding, { ignoreBOM: encoding === undefined }).decode(bytes);
}

/** @throws DeveloperError `project_not_written` */
function write(folder: string, files: readonly ProjectFile[]): void {
  try {
    writeProject(folder, files);
  } catch (error) {
    throw new DeveloperError(
      'project_not_written',
      `The project could not be written, and nothing was: ${messageOf(error)}.`,
      'Name another folder by --out, or make room and give rights there.',
      { cause: error },
    );
  }
}

function toldOf({ exportName, title, agents, changes, findings }: ReadExport) {
  return {
    workflow: { title, export: exportName },
    agents: agents.map(({ name, variable, line, isStructured, fields }) => ({
      name,
      variable,
      line,
      shown: isStructured ? ('progress' as const) : ('text' as const),
      fields,
    })),
    changes,
    findings,
  };
}

function planOf(args: ImportArguments, out: string, read: ReadExport, manifest: Manifest): ProjectPlan {
  const name = basename(resolve(out))
    .toLowerCase()
    .replaceAll(/[^a-z0-9-]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
  return {
    packageFolder: manifest.folder,
    name: name === '' ? 'chat' : name,
    from: basename(args.file),
    read,
    uploads: args.uploads,
    startScreen: { greeting: args.greeting, prompts: args.prompt },
    versions: versionsOf(manifest),
  };
}

/** The releases that this package works with, of what a project needs. */
function versionsOf({ version, dependencies, peerDependencies: peers }: Manifest): Record<string, string> {
  const named = [
    ...['@openai/agents', 'class-transformer', 'class-validator', 'libsql', 'openai'],
    ...['reflect-metadata', 'rxjs'],
  ];
  return {
    ...Object.fromEntries(named.map((name) => [name, peers[name] ?? '*'])),
    'chatkit-controllers': `^${version}`,
    zod: dependencies['zod'] ?? '*',
    typescript: '^6.0.0',
    '@types/node': '^20.19.0',
  };
}
