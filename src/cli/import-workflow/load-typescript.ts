import { createRequire } from 'node:module';
import { join } from 'node:path';
import type * as TS from 'typescript';
import { DeveloperError } from '../../errors';

export type TypeScript = typeof TS;

/**
 * Loads the TypeScript parser: the project's, or the one installed next to this package.
 *
 * @throws DeveloperError `typescript_missing`
 */
export function loadTypeScript(): TypeScript {
  return loadWith(typescriptFor);
}

/** @param find resolves the package as the given file would import it */
export function loadWith(find: (file: string) => TypeScript | undefined): TypeScript {
  const found = [join(process.cwd(), 'package.json'), __filename].map(find);
  const parser = found.find((each) => each !== undefined && typeof each.createProgram === 'function');
  if (parser !== undefined) return parser;
  const isThere = found.some((each) => each !== undefined);
  throw new DeveloperError(
    'typescript_missing',
    isThere
      ? 'import-workflow parses the export with the package typescript, and the installed release has no parser API.'
      : 'import-workflow parses the export with the package typescript, which is not installed.',
    'Run: npx -p chatkit-controllers -p typescript@6 chatkit-controllers import-workflow …',
  );
}

function typescriptFor(file: string): TypeScript | undefined {
  try {
    return createRequire(file)('typescript') as TypeScript;
  } catch {
    return undefined;
  }
}
