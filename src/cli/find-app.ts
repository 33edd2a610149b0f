import type { CheckReport } from '../checks';
import type { RouteInfo } from '../registry';
import { UsageError } from './usage-error';

/** The part of an app that commands use. Checked by shape: the app may use another copy of this package. */
export interface CheckableApp {
  check(): CheckReport;
  registry(): readonly RouteInfo[];
}

type Exports = Readonly<Record<string, unknown>>;

/**
 * Finds the app among a module's exports: the one of the given name; else the default export, `app`, or the
 * only app. It may be an adapter's handler, which has the app as `app`. If it is named, the default export
 * or `app`, it may also be a function without parameters that returns the app.
 *
 * @throws UsageError if there is none, or several
 */
export async function findApp(loaded: Exports, name: string | undefined): Promise<CheckableApp> {
  const exports = exportsOf(loaded);
  if (name !== undefined) return named(exports, name);
  for (const likely of ['default', 'app']) {
    const app = appIn(exports[likely]);
    if (app !== undefined) return app;
  }
  const found = new Map<CheckableApp, string>();
  for (const [key, value] of Object.entries(exports)) {
    const app = appIn(value);
    if (app !== undefined && !found.has(app)) found.set(app, key);
  }
  if (found.size > 1) {
    throw new UsageError(
      `The module exports several apps: ${[...found.values()].join(', ')}. Name one with --export.`,
    );
  }
  for (const [app] of found) return app;
  for (const likely of ['default', 'app']) {
    const app = await made(exports[likely]);
    if (app !== undefined) return app;
  }
  throw new UsageError(
    `The module exports no app, but ${listed(exports)}. Export what chatkit() or createChatKit() returns: ` +
      '`export const app = chatkit({ … })`; or name a function that makes it with --export.',
  );
}

async function named(exports: Exports, name: string): Promise<CheckableApp> {
  if (!Object.hasOwn(exports, name)) {
    throw new UsageError(`The module has no export "${name}", but ${listed(exports)}.`);
  }
  const value = exports[name];
  const app = appIn(value) ?? (await made(value));
  if (app !== undefined) return app;
  throw new UsageError(
    `The export "${name}" is not an app, nor a function without parameters that returns one.`,
  );
}

/** The exports by name, for ES modules and CommonJS modules. */
function exportsOf(loaded: Exports): Exports {
  const { default: main, ...others } = loaded;
  // For a CommonJS module, `default` is the whole `module.exports`.
  if (!isObject(main) || appIn(main) !== undefined) return loaded;
  if ('__esModule' in main) return { ...others, ...main };
  return { ...main, ...loaded };
}

function appIn(value: unknown): CheckableApp | undefined {
  if (isCheckable(value)) return value;
  const { app } = Object(value) as { app?: unknown };
  return isCheckable(app) ? app : undefined;
}

/** Calls a function without parameters. Others are not called: an Express app is a function too. */
async function made(value: unknown): Promise<CheckableApp | undefined> {
  if (typeof value !== 'function' || value.length > 0 || /^class\b/.test(String(value))) return undefined;
  return appIn(await (value as () => unknown)());
}

function isCheckable(value: unknown): value is CheckableApp {
  return isObject(value) && typeof value['check'] === 'function' && typeof value['registry'] === 'function';
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function listed(exports: Exports): string {
  const names = Object.keys(exports).filter((key) => key !== '__esModule' && key !== 'module.exports');
  return names.length === 0 ? 'nothing at all' : names.map((name) => `"${name}"`).join(', ');
}
