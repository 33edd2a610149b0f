import { isBuiltin } from 'node:module';
import type { Finding } from '../finding';
import { importsOf, moduleOf } from '../read/imports';
import type { Source } from '../read/source';

/** Whether a module specifier names a package that can be installed. */
export function isPackage(module: string): boolean {
  return /^(@[a-z0-9-][\w.-]*\/)?[a-z0-9-][\w.-]*(\/|$)/i.test(module) && !isBuiltin(module);
}

/** Finds imports of files: by path, or by a path alias of the project that the export was part of. */
export function importedFiles(source: Source): Finding[] {
  return importsOf(source).flatMap((declaration): Finding[] => {
    const module = moduleOf(declaration);
    if (isPackage(module) || isBuiltin(module)) return [];
    return [
      {
        code: 'file_import',
        line: source.lineOf(declaration),
        message: `The file ${module} is imported, and is not part of the project.`,
        fix: 'Copy it into src, and import it by its path with .js: ./name.js.',
      },
    ];
  });
}
