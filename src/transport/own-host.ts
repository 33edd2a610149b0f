import { isIP } from 'node:net';

/**
 * Whether a request's host is this machine (`localhost` or an IP address), or one of `hosts`. This prevents
 * DNS rebinding: an attacker's domain may resolve to this machine, and its pages then have the same origin.
 */
export function isOwnHost(host: string | undefined, hosts: readonly string[] = []): boolean {
  const name = hostName(host);
  if (name === undefined) return false;
  if (name === 'localhost' || name.endsWith('.localhost') || hosts.includes(name)) return true;
  return isIP(name.replace(/^\[|\]$/g, '')) !== 0;
}

/** Without the port. */
export function hostName(host: string | undefined): string | undefined {
  if (host === undefined || !URL.canParse(`http://${host}`)) return undefined;
  return new URL(`http://${host}`).hostname;
}
