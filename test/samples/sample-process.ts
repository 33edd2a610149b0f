import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import ts from 'typescript';

const ROOT = resolve(__dirname, '../..');

/** A sample as it was compiled. */
export interface CompiledSample {
  /** To be deleted. */
  folder: string;
  /** Where the sample's modules are. */
  dist: string;
  /** The sample's `main.js`. */
  main: string;
  /** The package's own command. */
  command: string;
}

/**
 * Compiles package and sample side by side, away from `dist` folders that others may be using. The
 * sample finds the package by the package's own exports, as an installed one. Types are checked
 * elsewhere.
 */
export function compileSample(name: string): CompiledSample {
  return compileSamples([name])[0]!;
}

/** The same for several samples beside one package: in one folder. */
export function compileSamples(names: readonly string[]): CompiledSample[] {
  const cache = join(ROOT, 'node_modules/.cache');
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, `${names[0]!}-`));
  const installed = join(folder, 'node_modules/chatkit-controllers');
  compileFolder(join(ROOT, 'src'), join(installed, 'dist'));
  copyFileSync(join(ROOT, 'package.json'), join(installed, 'package.json'));
  return names.map((name) => {
    const dist = join(folder, name, 'dist');
    compileFolder(join(ROOT, 'samples', name), dist);
    for (const beside of ['widgets', 'page.html']) {
      const from = join(ROOT, 'samples', name, beside);
      if (existsSync(from)) cpSync(from, join(folder, name, beside), { recursive: true });
    }
    return { folder, dist, main: join(dist, 'main.js'), command: join(installed, 'dist/cli/main.js') };
  });
}

function compileFolder(from: string, to: string): void {
  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, ROOT);
  const compilerOptions = { ...options, sourceMap: false, declaration: false };
  for (const name of readdirSync(from, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.ts') || name.startsWith('dist')) continue;
    const { outputText } = ts.transpileModule(readFileSync(join(from, name), 'utf8'), {
      compilerOptions,
      fileName: name.replace(/\.ts$/, '.cts'), // a single file does not tell which module system its package has
    });
    const file = join(to, name.replace(/\.ts$/, '.js'));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, outputText);
  }
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** One process of a sample. */
export class SampleProcess {
  private printed = '';
  stderr = '';
  private readonly exited: Promise<number | NodeJS.Signals>;

  private constructor(private readonly child: ChildProcess) {
    child.stdout?.setEncoding('utf8').on('data', (text: string) => (this.printed += text));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.stderr += text));
    this.exited = once(child, 'close').then(([code, signal]) => (code ?? signal) as number | NodeJS.Signals);
  }

  /** What the sample itself has printed. */
  get stdout(): string {
    return this.printed.replace(/^chatkit: .*\n?/gm, '');
  }

  /** What the chat has logged of its handlers at startup. */
  get mapped(): string {
    return /^chatkit: ready with .*$/m.exec(this.printed)?.[0] ?? '';
  }

  static spawn(main: string, env: Record<string, string>): SampleProcess {
    const { PATH = '' } = process.env;
    return new SampleProcess(
      spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main], {
        cwd: dirname(main),
        env: { PATH, ...env },
        stdio: 'pipe',
      }),
    );
  }

  /** Resolves when it says where it listens. */
  async listening(): Promise<this> {
    while (!this.stdout.includes('\n')) {
      if (this.child.exitCode !== null) throw new Error(`The sample did not start: ${this.stderr}`);
      await new Promise((resume) => setTimeout(resume, 20));
    }
    return this;
  }

  /** Sends a signal, unless it has ended, and resolves with its exit code, or the signal that ended it. */
  async stop(signal: NodeJS.Signals): Promise<number | NodeJS.Signals> {
    this.child.kill(signal);
    return this.exited;
  }

  /** Resolves with its exit code, or the signal that ended it. */
  exit(): Promise<number | NodeJS.Signals> {
    return this.exited;
  }
}
