import ts from 'typescript';
import { ROOT, type CodeBlock } from './code-blocks';

type Require = (name: string) => unknown;

/** Compiles a block as the package compiles, and runs it; returns what it exports. */
export function runBlock({ code }: CodeBlock, require: Require): Record<string, unknown> {
  const { config } = ts.readConfigFile(`${ROOT}/tsconfig.json`, ts.sys.readFile);
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, ROOT);
  const { outputText } = ts.transpileModule(code, {
    compilerOptions: { ...options, module: ts.ModuleKind.CommonJS, sourceMap: false, declaration: false },
  });
  const exported = {};
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- our own pages, and that is the point
  const run = new Function('require', 'exports', outputText) as (require: Require, exports: object) => void;
  run(require, exported);
  return exported;
}
