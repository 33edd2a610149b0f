import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { installPackage, ROOT } from './built-package';

const FIXTURES = join(ROOT, 'test/fixtures/cli');
const DEPENDENCIES = [
  ...[
    '@standard-schema/spec',
    'class-transformer',
    'class-validator',
    'class-validator-jsonschema',
    'express',
  ],
  ...['reflect-metadata', 'rxjs', 'tsx', 'zod'],
];

export interface Printed {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** A directory with the package as it is built, and the fixtures' apps compiled for it. */
export class Project {
  readonly home = mkdtempSync(join(tmpdir(), 'chatkit-cli-'));
  /** The command's file, for Node. */
  readonly command = join(this.home, 'node_modules/chatkit-controllers/dist/cli/main.js');

  constructor() {
    const modules = join(this.home, 'node_modules');
    const installed = join(modules, 'chatkit-controllers');
    mkdirSync(installed, { recursive: true });
    installPackage(installed);
    for (const name of DEPENDENCIES) {
      mkdirSync(dirname(join(modules, name)), { recursive: true });
      symlinkSync(join(ROOT, 'node_modules', name), join(modules, name), 'junction');
    }
    compile(join(this.home, 'cjs'), 'commonjs', ts.ModuleKind.CommonJS);
    compile(join(this.home, 'esm'), 'module', ts.ModuleKind.ES2022);
    cpSync(FIXTURES, join(this.home, 'src'), { recursive: true });
    const tsconfig = { compilerOptions: { experimentalDecorators: true } }; // tsx reads it
    writeFileSync(join(this.home, 'tsconfig.json'), JSON.stringify(tsconfig));
  }

  /** Runs the command in a process of its own, until it ends. */
  run(args: readonly string[], node: readonly string[] = [], env: NodeJS.ProcessEnv = {}): Printed {
    const { status, stdout, stderr } = spawnSync(process.execPath, [...node, this.command, ...args], {
      cwd: this.home,
      env: { ...process.env, ...env },
      encoding: 'utf8',
      timeout: 30_000,
    });
    return { code: status, stdout, stderr };
  }

  remove(): void {
    rmSync(this.home, { recursive: true, force: true });
  }
}

function compile(directory: string, type: 'commonjs' | 'module', module: ts.ModuleKind): void {
  mkdirSync(directory);
  writeFileSync(join(directory, 'package.json'), JSON.stringify({ type }));
  for (const file of readdirSync(FIXTURES)) {
    const { outputText } = ts.transpileModule(readFileSync(join(FIXTURES, file), 'utf8'), {
      compilerOptions: {
        module,
        target: ts.ScriptTarget.ES2022,
        experimentalDecorators: true,
        esModuleInterop: true,
      },
    });
    writeFileSync(join(directory, file.replace('.ts', '.js')), outputText);
  }
}
