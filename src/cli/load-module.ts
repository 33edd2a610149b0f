import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { extname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { UsageError } from './usage-error';

const TYPESCRIPT: ReadonlySet<string> = new Set(['.ts', '.tsx', '.mts', '.cts']);

/** What Node says of a file in TypeScript, according to its version. */
const NO_TYPESCRIPT: ReadonlySet<unknown> = new Set([
  'ERR_UNKNOWN_FILE_EXTENSION',
  'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX',
  'ERR_INVALID_TYPESCRIPT_SYNTAX',
]);

/**
 * Loads a module of either kind; one in TypeScript by tsx, where the project has it.
 *
 * @throws UsageError when there is no such file, or Node cannot load its kind; what the module throws
 */
export async function loadModule(path: string): Promise<Record<string, unknown>> {
  const file = resolve(path);
  if (!existsSync(file)) throw new UsageError(`There is no file ${path}. Build the app first?`);
  const isTypeScript = TYPESCRIPT.has(extname(file));
  if (isTypeScript) await registerTsx(file);
  try {
    return (await import(pathToFileURL(file).href)) as Record<string, unknown>;
  } catch (error) {
    if (isTypeScript && isOfTypeScript(error)) {
      throw new UsageError(
        `${path} is TypeScript with decorators, which Node cannot load. Install tsx (npm install --save-dev tsx), ` +
          'or name what the compiler makes of it: --app dist/app.js',
        { cause: error },
      );
    }
    throw error;
  }
}

/** Lets Node load TypeScript as `node --import tsx` does. tsx reads the tsconfig.json of the working folder. */
async function registerTsx(file: string): Promise<void> {
  let loader: string;
  try {
    loader = createRequire(file).resolve('tsx');
  } catch {
    return; // the project has none
  }
  await import(pathToFileURL(loader).href);
}

function isOfTypeScript(error: unknown): boolean {
  return (
    error instanceof SyntaxError ||
    (error instanceof Error && 'code' in error && NO_TYPESCRIPT.has(error.code))
  );
}
