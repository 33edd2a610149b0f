/** Locks rely on this: after a wait, a statement must see what has been committed meanwhile. */
export const READ_COMMITTED = '-c default_transaction_isolation=read\\ committed';

/**
 * How soon the server notices that the machine of a connection is gone, which says nothing before it goes: after
 * 20 seconds, and not after two hours, the default. Until then it holds all locks of the connection.
 */
const ALIVE =
  '-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=5 -c tcp_user_timeout=20000';

/** When the kernel begins to check whether the server of an idle connection is there, in milliseconds. */
export const KEEP_ALIVE_MS = 10_000;

/**
 * The `options` that a connection sends to the server at its start: `ALIVE`, those of the application, and
 * `fixed`. `pg` takes options from the URL, else from the settings, else from the environment, so ours must be
 * added to those that it takes.
 */
export function startupOptions(
  url: string,
  pg: Readonly<Record<string, unknown>>,
  fixed = '',
): { connectionString: string; options: string } {
  const { options: inSettings = process.env['PGOPTIONS'] } = pg;
  const inUrl = /[?&]options=([^&#]*)/.exec(url)?.[1];
  const given = inUrl === undefined ? inSettings : new URLSearchParams(`options=${inUrl}`).get('options');
  const options = [ALIVE, typeof given === 'string' ? given : '', fixed].join(' ').trim();
  const connectionString = url.replace(
    /([?&]options=)[^&#]*/g,
    (_, start: string) => start + encodeURIComponent(options),
  );
  return { connectionString, options };
}
