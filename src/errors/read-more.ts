const PAGE = 'node_modules/chatkit-controllers/docs/error-codes.md';

/**
 * Appends to a message for developers where its code is explained. Only in development, so that logs in
 * production and snapshots in tests stay short.
 */
export function readMore(message: string, code: string, ...others: readonly string[]): string {
  if (!isDevelopment()) return message;
  const where = others.length === 0 ? `${PAGE}#${code}` : `${PAGE} (${[code, ...others].join(', ')})`;
  return `${message}${message.includes('\n') ? '\n' : ' '}Read more: ${where}`;
}

/** `process` may be missing: widgets can be built in browsers, too. */
function isDevelopment(): boolean {
  const { process } = globalThis as { process?: { env?: NodeJS.ProcessEnv } };
  const mode = process?.env?.['NODE_ENV'];
  return process?.env !== undefined && mode !== 'production' && mode !== 'test';
}
