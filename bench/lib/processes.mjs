import { spawn, spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';

/** Whether processes can be kept on a core each. Without it servers and load disturb each other. */
export const canPin = availableParallelism() > 1 && spawnSync('taskset', ['-V']).status === 0;

/** A child process that answers what it is asked. */
export class Child {
  #asked = new Map();
  #count = 0;

  constructor(process, hello) {
    this.process = process;
    this.hello = hello;
    process.on('message', ({ id, answer, problem }) => {
      const asker = this.#asked.get(id);
      this.#asked.delete(id);
      if (problem === undefined) asker?.resolve(answer);
      else asker?.reject(new Error(problem));
    });
    process.on('exit', () => {
      for (const { reject } of this.#asked.values()) reject(new Error('A process ended early.'));
    });
  }

  ask(name, details = {}) {
    return new Promise((resolve, reject) => {
      const id = (this.#count += 1);
      this.#asked.set(id, { resolve, reject });
      this.process.send({ id, name, ...details });
    });
  }

  stop() {
    this.process.disconnect();
  }
}

/** Starts a script of this folder, on a core where one is given, as in production; resolves when it is ready. */
export function start(script, core, nodeOptions = [], scriptArguments = []) {
  const path = fileURLToPath(new URL(`../${script}`, import.meta.url));
  const command = [process.execPath, ...nodeOptions, path, ...scriptArguments];
  const [file, ...args] =
    canPin && core !== undefined ? ['taskset', '-c', String(core), ...command] : command;
  const child = spawn(file, args, {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    // The tracing of the agents package that (c) brings along is no part of the workload.
    env: { ...process.env, NODE_ENV: 'production', OPENAI_AGENTS_DISABLE_TRACING: '1' },
  });
  return new Promise((resolve, reject) => {
    child.once('message', (hello) => resolve(new Child(child, hello)));
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`${script} ended with code ${String(code)}.`)));
  });
}

export const SERVER_CORE = 0;
export const LOAD_CORE = 1;
