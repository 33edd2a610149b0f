import { didYouMean } from '../did-you-mean';
import { UsageError } from '../usage-error';

export const STORES = ['memory', 'sqlite', 'postgres'] as const;
export const MODULES = ['esm', 'commonjs'] as const;
export const PACKAGE_MANAGERS = ['npm', 'pnpm', 'yarn', 'bun'] as const;

export type Store = (typeof STORES)[number];
export type PackageManager = (typeof PACKAGE_MANAGERS)[number];

/** What a new project is made of. */
export interface Choices {
  /** The folder, as it was given. */
  readonly folder: string;
  readonly store: Store;
  /** Whether an agent of the Agents SDK answers. */
  readonly agent: boolean;
  readonly module: (typeof MODULES)[number];
  readonly packageManager: PackageManager;
}

/** @throws UsageError when the text is none of the values */
export function valueOf<T extends string>(option: string, values: readonly T[], text: string): T {
  const value = values.find((each) => each === text);
  if (value !== undefined) return value;
  throw new UsageError(`--${option} is "${text}": choose ${values.join(', ')}.${didYouMean(text, values)}`);
}

/** The package manager that has called the command, as `npm create` and its like do. */
export function callingPackageManager(env: NodeJS.ProcessEnv): PackageManager {
  const [name] = (env['npm_config_user_agent'] ?? '').split('/');
  return PACKAGE_MANAGERS.find((each) => each === name) ?? 'npm';
}
