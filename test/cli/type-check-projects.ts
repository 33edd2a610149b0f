import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { ROOT } from './built-package';

/** The sources of a project. */
export function sourcesIn(project: string): string[] {
  return ['src', 'test']
    .filter((folder) => existsSync(join(project, folder)))
    .flatMap((folder) => readdirSync(join(project, folder)).map((file) => join(project, folder, file)));
}

/** What the compiler has to say of files, under the settings of a `tsconfig.json`, with this package as it is in `src`. */
export function typeProblems(files: readonly string[], config: string): string[] {
  const read = (file: string): ts.ParsedCommandLine =>
    ts.parseJsonConfigFileContent(ts.readConfigFile(file, ts.sys.readFile).config, ts.sys, join(file, '..'));
  const { options, errors } = read(config);
  const { paths } = read(join(ROOT, 'tsconfig.json')).options;
  const program = ts.createProgram(files, {
    ...{ ...options, paths: paths ?? {}, pathsBasePath: ROOT },
    ...{
      noEmit: true,
      allowJs: true,
      rootDir: undefined as never,
      outDir: undefined as never,
      typeRoots: [join(ROOT, 'node_modules/@types')],
    },
  });
  const found = files.flatMap((file) => {
    const source = program.getSourceFile(file)!;
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
  });
  return [...errors, ...found].map(
    ({ file, messageText }) =>
      `${file?.fileName ?? ''}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`,
  );
}
