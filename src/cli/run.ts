import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DeveloperError, messageOf } from '../errors';
import { parseArguments, type CheckArguments, type ImportArguments } from './arguments';
import { causesOf } from './causes';
import { findApp } from './find-app';
import { importOutcomeText, importWorkflow, type ImportOutcome, type Manifest } from './import-workflow';
import { loadModule } from './load-module';
import { startupProblems, outcomeOf, outcomeOfProblems, type Outcome } from './outcome';
import { outcomeText } from './outcome-text';
import { UsageError, usageOf } from './usage';

/** What a command has to say, and how it ends. */
export interface Result {
  readonly code: 0 | 1 | 2;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command. Never rejects. */
export async function run(args: readonly string[]): Promise<Result> {
  try {
    const parsed = parseArguments(args);
    switch (parsed.command) {
      case 'help':
        return { code: 0, stdout: usageOf(parsed.about), stderr: '' };
      case 'version':
        return { code: 0, stdout: `${manifest().version}\n`, stderr: '' };
      case 'check':
        return await check(parsed);
      case 'import-workflow':
        return imported(parsed);
    }
  } catch (error) {
    if (error instanceof UsageError) return failure(`${error.message}\n\n${usageOf()}`);
    return failure(`${describe(error)}\n${adviceFor(error)}`);
  }
}

/** Decorators of class-transformer and others fail with words that name neither the package nor the import. */
function adviceFor(error: unknown): string {
  const missing = error instanceof TypeError && /Reflect\.\w+ is not a function/.test(error.message);
  return missing && !('getMetadata' in Reflect)
    ? "\nreflect-metadata is not loaded. Put `import 'reflect-metadata';` first in the module that is checked.\n"
    : '';
}

/** Nothing could be checked. */
export function failure(stderr: string): Result {
  return { code: 2, stdout: '', stderr };
}

/** An error with its stack and causes. */
export function describe(error: unknown): string {
  return causesOf(error).map(text).join('\nCaused by: ');
}

function text(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : `Thrown: ${messageOf(error)}`;
}

async function check(args: CheckArguments): Promise<Result> {
  const outcome = await outcomeFor(args);
  const stdout = args.json ? `${JSON.stringify(outcome, null, 2)}\n` : outcomeText(outcome);
  return { code: outcome.ok ? 0 : 1, stdout, stderr: '' };
}

async function outcomeFor({ app, exportName, strict }: CheckArguments): Promise<Outcome> {
  try {
    const found = await findApp(await loadModule(app), exportName);
    return outcomeOf(found.check(), strict);
  } catch (error) {
    const problems = startupProblems(error);
    if (problems === undefined) throw error;
    return outcomeOfProblems(problems);
  }
}

function imported(args: ImportArguments): Result {
  const outcome = tryToImport(args);
  if (outcome instanceof DeveloperError) return failure(`${outcome.code}: ${outcome.message}\n`);
  const stdout = args.json ? `${JSON.stringify(outcome, null, 2)}\n` : importOutcomeText(outcome);
  return { code: outcome.ok ? 0 : 1, stdout, stderr: '' };
}

function tryToImport(args: ImportArguments): ImportOutcome | DeveloperError {
  try {
    return importWorkflow(args, manifest());
  } catch (error) {
    if (error instanceof DeveloperError) return error; // something is missing, which needs no stack
    throw error;
  }
}

function manifest(): Manifest {
  const folder = join(__dirname, '../..');
  const read = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Omit<Manifest, 'folder'>;
  return { ...read, folder };
}
