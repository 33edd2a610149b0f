import { parseArgs } from 'node:util';
import { UsageError } from './usage';

export interface CheckArguments {
  readonly command: 'check';
  /** The module's path, as it was given. */
  readonly app: string;
  /** The export that is the app. */
  readonly exportName: string | undefined;
  readonly strict: boolean;
  readonly json: boolean;
}

export type Arguments = CheckArguments | { readonly command: 'help' | 'version' };

const OPTIONS = {
  app: { type: 'string' },
  export: { type: 'string' },
  strict: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
  version: { type: 'boolean', short: 'v', default: false },
} as const;

/** @throws UsageError */
export function parseArguments(args: readonly string[]): Arguments {
  const { values, positionals } = parse(args);
  if (values.help) return { command: 'help' };
  if (values.version) return { command: 'version' };
  const [command, ...more] = positionals;
  if (command === undefined) throw new UsageError('There is no command.');
  if (command !== 'check') throw new UsageError(`There is no command "${command}".`);
  if (more[0] !== undefined) throw new UsageError(`"${more[0]}" was not expected: name the module by --app.`);
  if (values.app === undefined || values.app === '') throw new UsageError('Name the module by --app.');
  const { app, export: exportName, strict, json } = values;
  return { command, app, exportName, strict, json };
}

function parse(
  args: readonly string[],
): ReturnType<typeof parseArgs<{ options: typeof OPTIONS; allowPositionals: true }>> {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
