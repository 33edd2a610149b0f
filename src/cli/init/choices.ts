import { didYouMean } from '../did-you-mean';
import { UsageError } from '../usage-error';

export const STORES = ['memory', 'sqlite', 'postgres'] as const;
export const MODULES = ['esm', 'commonjs'] as const;
export const PACKAGE_MANAGERS = ['npm', 'pnpm', 'yarn', 'bun'] as const;

export type Store = (typeof STORES)[number];
export type PackageManager = (typeof PACKAGE_MANAGERS)[number];

/** The choices for a new project. */
export interface Choices {
  /** The folder, as given. */
  readonly folder: string;
  readonly store: Store;
  /** Whether an agent of the Agents SDK answers messages. */
  readonly agent: boolean;
  readonly module: (typeof MODULES)[number];
  readonly packageManager: PackageManager;
}

/** @throws UsageError if the text is not one of the values */
export function valueOf<T extends string>(option: string, values: readonly T[], text: string): T {
  const value = values.find((each) => each === text);
  if (value !== undefined) return value;
  throw new UsageError(`--${option} is "${text}": choose ${values.join(', ')}.${didYouMean(text, values)}`);
}

/** The package manager that called the command, for example by `npm create`. */
export function callingPackageManager(env: NodeJS.ProcessEnv): PackageManager {
  const [name] = (env['npm_config_user_agent'] ?? '').split('/');
  return PACKAGE_MANAGERS.find((each) => each === name) ?? 'npm';
}
