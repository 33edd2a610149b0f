import { parseArgs } from 'node:util';
import { UsageError, type Command } from './usage';

export interface CheckArguments {
  readonly command: 'check';
  /** The module's path, as it was given. */
  readonly app: string;
  /** The export that is the app. */
  readonly exportName: string | undefined;
  readonly strict: boolean;
  readonly json: boolean;
}

export interface ImportArguments {
  readonly command: 'import-workflow';
  /** The export's path, as it was given. */
  readonly file: string;
  /** The folder that is made. */
  readonly out: string | undefined;
  /** Which function of the export is the workflow. */
  readonly workflow: string | undefined;
  /** Of the page's start screen. */
  readonly greeting: string | undefined;
  readonly prompt: readonly string[];
  /** Whether users may attach files. */
  readonly uploads: boolean;
  /** Whether a folder that is not empty may be written into. */
  readonly force: boolean;
  readonly json: boolean;
}

export type Arguments =
  | CheckArguments
  | ImportArguments
  | { readonly command: 'help'; readonly about: Command | undefined }
  | { readonly command: 'version' };

const OPTIONS = {
  app: { type: 'string' },
  export: { type: 'string' },
  strict: { type: 'boolean' },
  out: { type: 'string' },
  workflow: { type: 'string' },
  greeting: { type: 'string' },
  prompt: { type: 'string', multiple: true },
  uploads: { type: 'boolean' },
  force: { type: 'boolean' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
} as const;

type Values = ReturnType<
  typeof parseArgs<{ options: typeof OPTIONS; allowPositionals: true; args: string[] }>
>['values'];

const OF_COMMAND: Readonly<Record<Command, readonly (keyof Values)[]>> = {
  check: ['app', 'export', 'strict', 'json'],
  'import-workflow': ['out', 'workflow', 'greeting', 'prompt', 'uploads', 'force', 'json'],
};

/** @throws UsageError */
export function parseArguments(args: readonly string[]): Arguments {
  const { values, positionals } = parse(args);
  const [command, ...more] = positionals;
  if (values.help === true) return { command: 'help', about: isCommand(command) ? command : undefined };
  if (values.version === true) return { command: 'version' };
  if (command === undefined) throw new UsageError('There is no command.');
  if (!isCommand(command)) throw new UsageError(`There is no command "${command}".`);
  assertOptions(command, values);
  return command === 'check' ? checkArguments(values, more) : importArguments(values, more);
}

function checkArguments({ app, export: exportName, strict, json }: Values, [more]: string[]): CheckArguments {
  if (more !== undefined) throw new UsageError(`"${more}" was not expected: name the module by --app.`);
  if (app === undefined || app === '') throw new UsageError('Name the module by --app.');
  return { command: 'check', app, exportName, strict: strict === true, json: json === true };
}

function importArguments(values: Values, [file, more]: string[]): ImportArguments {
  if (file === undefined || file === '') throw new UsageError('Name the file of the export.');
  if (more !== undefined) throw new UsageError(`"${more}" was not expected: there is one file to import.`);
  const { out, workflow, greeting, prompt = [], uploads, force, json } = values;
  if (out === '') throw new UsageError('Name a folder by --out.');
  return {
    command: 'import-workflow',
    file,
    out,
    workflow,
    greeting,
    prompt,
    uploads: uploads === true,
    force: force === true,
    json: json === true,
  };
}

function assertOptions(command: Command, values: Values): void {
  const given = Object.keys(values) as (keyof Values)[];
  const foreign = given.find((option) => !OF_COMMAND[command].includes(option));
  if (foreign !== undefined) throw new UsageError(`${command} has no option --${foreign}.`);
}

function isCommand(command: string | undefined): command is Command {
  return command !== undefined && Object.hasOwn(OF_COMMAND, command);
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
