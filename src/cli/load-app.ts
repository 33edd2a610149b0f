import type { Values } from './command';
import { findApp, type CheckableApp } from './find-app';
import { loadModule } from './load-module';
import { UsageError } from './usage-error';

/** Options of the commands that load an app. */
export const APP_OPTIONS = { app: { type: 'string' }, export: { type: 'string' } } as const;

export const APP_USAGE = `  --app <module>    the module that exports the app, e.g. dist/app.js
  --export <name>   the export that is the app, or a function that returns it;
                    by default the default export, "app", or the only app`;

/** @throws UsageError; errors of the module, such as a StartupError */
export async function loadApp(values: Values<typeof APP_OPTIONS>): Promise<CheckableApp> {
  const { app, export: exportName } = values;
  if (app === undefined) throw new UsageError('Name the module with --app.');
  return findApp(await loadModule(app), exportName);
}
