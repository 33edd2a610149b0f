const LOOPBACK = new Set(['127.0.0.1', '::1']);

/** The URL of a server that listens on an address. */
export function urlOf(address: string, port: number): string {
  const host = address.replace(/^::ffff:/, ''); // how a socket for both kinds of addresses tells an IPv4 one
  if (LOOPBACK.has(host)) return `http://localhost:${String(port)}`;
  return `http://${host.includes(':') ? `[${host}]` : host}:${String(port)}`;
}
