/** Locks rely on this: after a wait, a statement must see what has been committed meanwhile. */
const READ_COMMITTED = '-c default_transaction_isolation=read\\ committed';

/**
 * The `options` that a connection sends to the server at its start: those of the application, and the isolation
 * level, whatever the database's default is. `pg` takes options from the URL, else from the settings, else from
 * the environment, so the level must be added to those that it takes.
 */
export function withReadCommitted(
  url: string,
  pg: Readonly<Record<string, unknown>>,
): { connectionString: string; options: string } {
  const inUrl = /[?&]options=([^&#]*)/.exec(url)?.[1];
  const given =
    inUrl === undefined
      ? (pg['options'] ?? process.env['PGOPTIONS'])
      : new URLSearchParams(`options=${inUrl}`).get('options');
  const options = [given, READ_COMMITTED].filter(Boolean).join(' ');
  const connectionString = url.replace(
    /([?&]options=)[^&#]*/g,
    (_, start: string) => start + encodeURIComponent(options),
  );
  return { connectionString, options };
}
