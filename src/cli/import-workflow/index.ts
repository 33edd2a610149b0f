import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, extname, resolve } from 'node:path';
import { messageOf } from '../../errors';
import { defineCommand, jsonText, report, type Result } from '../command';
import { readManifest, versionsOf, type Manifest } from '../manifest';
import { packageNameFor } from '../project-file';
import { UsageError } from '../usage-error';
import { refusalOf, writeProject } from '../write-project';
import { loadTypeScript } from './load-typescript';
import type { ImportOutcome } from './outcome';
import { importOutcomeText } from './outcome-text';
import { projectFiles, type ProjectPlan } from './project';
import { readExport, type ReadExport } from './read-export';

export type { ImportedWorkflow, ImportOutcome } from './outcome';

const USAGE = `Usage: chatkit-controllers import-workflow <file> [options]

Creates a project from a workflow that Agent Builder has exported as TypeScript ("Code", "Agents SDK"):
a server with the chat, a test, and a list of the remaining steps. The file itself is not changed.
The package typescript must be installed, in the current project or next to this package.

Options:
  --out <folder>      the folder of the project; <file>-chat by default
  --force             write into a folder that is not empty, and replace files of the same names
  --workflow <name>   the function that is the workflow; by default "runWorkflow", or the only one
  --uploads           let users attach files
  --greeting <text>   the greeting on the page's start screen
  --prompt <text>     a prompt on the page's start screen; may be given several times
  --json              print one JSON document (see docs/from-agent-builder.md)

Exit codes: 0 the project was written, 1 the file is not such an export, 2 the command failed.
`;

interface ImportArguments {
  /** The path of the export, as given. */
  readonly file: string;
  /** The folder of the new project. */
  readonly out: string | undefined;
  /** Which function of the export is the workflow. */
  readonly workflow: string | undefined;
  /** The greeting of the page's start screen; `prompt` has its prompts. */
  readonly greeting: string | undefined;
  readonly prompt: readonly string[];
  /** Whether users may attach files. */
  readonly uploads: boolean;
  /** Whether to write into a folder that is not empty. */
  readonly force: boolean;
}

export const importWorkflow = defineCommand({
  name: 'import-workflow',
  summary: ['import-workflow <file>', 'creates a project from a workflow of Agent Builder'],
  usage: USAGE,
  options: {
    out: { type: 'string' },
    workflow: { type: 'string' },
    greeting: { type: 'string' },
    prompt: { type: 'string', multiple: true },
    uploads: { type: 'boolean' },
    force: { type: 'boolean' },
    json: { type: 'boolean' },
  },
  positional: 'file',
  run(
    { out, workflow, greeting, prompt = [], uploads = false, force = false, json },
    file,
    { style },
  ): Result {
    if (file === undefined) throw new UsageError('Name the file of the export.');
    const args = { file, out, workflow, greeting, prompt, uploads, force };
    const outcome = importInto(args, readManifest());
    return report(outcome.ok ? 0 : 1, json === true ? jsonText(outcome) : importOutcomeText(outcome, style));
  },
});

/**
 * Makes a project from an export of Agent Builder.
 *
 * @throws UsageError, DeveloperError `typescript_missing`, `project_not_written`
 */
function importInto(args: ImportArguments, manifest: Manifest): ImportOutcome {
  const text = readFile(args.file);
  const out = args.out ?? `${basename(args.file, extname(args.file))}-chat`;
  const refusal = refusalOf(resolve(out), args.force, 'name another folder with --out');
  if (refusal !== undefined) throw new UsageError(refusal);
  const reading = readExport(loadTypeScript(), args.file, text, args.workflow);
  if (!reading.ok) return { ok: false, out, problems: reading.problems };
  const { read } = reading;
  const files = projectFiles(planOf(args, out, read, manifest));
  writeProject(resolve(out), files);
  return { ok: true, out, problems: [], files: files.map(({ path }) => path), ...toldOf(read) };
}

function readFile(file: string): string {
  if (!existsSync(file)) throw new UsageError(`There is no file ${file}.`);
  if (!statSync(file).isFile()) throw new UsageError(`${file} is not a file.`);
  try {
    return decoded(readFileSync(file));
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${messageOf(error)}.`);
  }
}

/** Decodes UTF-8, or UTF-16, which editors and shells on Windows may write. */
function decoded(bytes: Uint8Array): string {
  const encoding = { '255 254': 'utf-16le', '254 255': 'utf-16be' }[bytes.subarray(0, 2).join(' ')];
  return new TextDecoder(encoding, { ignoreBOM: encoding === undefined }).decode(bytes);
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
  return {
    packageFolder: manifest.folder,
    name: packageNameFor(out),
    from: basename(args.file),
    read,
    uploads: args.uploads,
    startScreen: { greeting: args.greeting, prompts: args.prompt },
    versions: versionsOf(manifest, PACKAGES, out),
  };
}

/** The packages of a project. */
const PACKAGES = [
  ...['@openai/agents', '@types/node', 'chatkit-controllers', 'class-transformer', 'class-validator'],
  ...['libsql', 'openai', 'reflect-metadata', 'rxjs', 'typescript', 'zod'],
];
