import type { PackageManager } from './choices';

export interface PackageManagerCommands {
  readonly install: string;
  readonly test: string;
  /** Runs a script of the manifest. */
  readonly run: (script: string) => string;
}

/** The commands of a package manager. `bun test` would start Bun's own test runner. */
export function commandsOf(manager: PackageManager): PackageManagerCommands {
  const run = (script: string): string =>
    manager === 'npm' || manager === 'bun' ? `${manager} run ${script}` : `${manager} ${script}`;
  return {
    install: `${manager} install`,
    test: manager === 'bun' ? 'bun run test' : `${manager} test`,
    run,
  };
}
