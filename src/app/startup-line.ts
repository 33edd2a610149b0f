import type { HandlerDefinition } from '../metadata';

/** How many handlers the line names. */
const SHOWN = 20;

/** Set by the command `chatkit-controllers check`, which loads an app but does not serve it. */
const CHECKING = 'CHATKIT_CONTROLLERS_CHECK';

/** Whether to log the line: only for a server in development, not in tests or checks. */
export function hasStartupLine(mode: 'development' | 'production'): boolean {
  const { env } = process;
  return mode === 'development' && env['NODE_ENV'] !== 'test' && env[CHECKING] === undefined;
}

/** One line for the log in development: which handler takes which action or request. */
export function startupLine(definitions: readonly HandlerDefinition[]): string {
  const shown = definitions.slice(0, SHOWN).map(describe);
  const more = definitions.length - shown.length;
  const rest = more > 0 ? `, and ${String(more)} more` : '';
  const count = definitions.length === 1 ? '1 handler' : `${String(definitions.length)} handlers`;
  return `ready with ${count}: ${shown.join(', ')}${rest}`;
}

function describe({ declaration, patterns, where }: HandlerDefinition): string {
  const { kind, decorator, tool, model } = declaration;
  if (kind !== 'action' && kind !== 'sync_action') {
    const chosen = [tool, model].filter((each) => each !== undefined).join(', ');
    return `${decorator}${chosen === '' ? '' : ` (${chosen})`} -> ${where}`;
  }
  return `${patterns.map(String).join(' | ')}${kind === 'sync_action' ? ' (sync)' : ''} -> ${where}`;
}
