import { join } from 'node:path';
import ts from 'typescript';

const ROOT = join(__dirname, '../..');

/**
 * What the compiler says of a module beside this file, in a program of its own: what the module
 * declares of the package holds there alone.
 *
 * @param decorators the decorator system: that of `experimentalDecorators`, or TC39's
 */
export function diagnosticsOf(source: string, decorators: 'legacy' | 'standard'): string[] {
  const file = join(__dirname, `${decorators}-fixture.ts`);
  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), (path) => ts.sys.readFile(path));
  const options: ts.CompilerOptions = {
    ...ts.parseJsonConfigFileContent(config, ts.sys, ROOT).options,
    noUnusedLocals: false,
    noUnusedParameters: false,
    experimentalDecorators: decorators === 'legacy',
    emitDecoratorMetadata: decorators === 'legacy',
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.getSourceFile = (name, ...rest) =>
    name === file ? ts.createSourceFile(name, source, rest[0]) : getSourceFile.call(host, name, ...rest);
  host.fileExists = (name) => name === file || fileExists.call(host, name);
  const program = ts.createProgram([file], options, host);
  const sourceFile = program.getSourceFile(file);
  return [...program.getSyntacticDiagnostics(sourceFile), ...program.getSemanticDiagnostics(sourceFile)].map(
    ({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '),
  );
}
