import { isIP } from 'node:net';

/**
 * Whether a request names this machine as its host, or one of `hosts`. An attacker's name may lead to this
 * machine (DNS rebinding), and a page of that name is then of the same origin.
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
