import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { extname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { UsageError } from './usage-error';

const TYPESCRIPT: ReadonlySet<string> = new Set(['.ts', '.tsx', '.mts', '.cts']);

/** Node's error codes for a TypeScript file; they depend on its version. */
const NO_TYPESCRIPT: ReadonlySet<unknown> = new Set([
  'ERR_UNKNOWN_FILE_EXTENSION',
  'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX',
  'ERR_INVALID_TYPESCRIPT_SYNTAX',
]);

/**
 * Loads an ES or CommonJS module; a TypeScript file with tsx, if the project has it.
 *
 * @throws UsageError if the file does not exist, or Node cannot load its type; errors of the module
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
          'or name the compiled file: --app dist/app.js',
        { cause: error },
      );
    }
    throw error;
  }
}

/** Enables TypeScript as `node --import tsx` does. tsx reads the tsconfig.json of the working directory. */
async function registerTsx(file: string): Promise<void> {
  let loader: string;
  try {
    loader = createRequire(file).resolve('tsx');
  } catch {
    return; // the project does not have tsx
  }
  await import(pathToFileURL(loader).href);
}

function isOfTypeScript(error: unknown): boolean {
  return (
    error instanceof SyntaxError ||
    (error instanceof Error && 'code' in error && NO_TYPESCRIPT.has(error.code))
  );
}
