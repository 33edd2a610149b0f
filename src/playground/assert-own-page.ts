import { isIP } from 'node:net';
import { ForbiddenError } from '../errors';
import { isFromForeignPage, type HeaderReader } from '../transport';

/** What the page sends with every request for data; no form or image can, and another origin's script only after a preflight. */
const OWN_HEADER = 'x-chatkit-playground';

/**
 * Refuses requests that do not come from the playground's own page. The name of the host is looked at as
 * well: an attacker's name may lead to this machine (DNS rebinding), and its pages are then of the same origin.
 *
 * @param hosts names that are allowed besides `localhost` and IP addresses
 * @throws ForbiddenError
 */
export function assertOwnPage(header: HeaderReader, hosts: readonly string[]): void {
  const host = hostName(header('host'));
  if (host === undefined || !isKnown(host, hosts)) {
    throw new ForbiddenError(
      `The playground does not answer at this host. Allow it: playground({ hosts: ['${host ?? ''}'] }).`,
      { code: 'foreign_host' },
    );
  }
  if (isFromForeignPage(header)) {
    throw new ForbiddenError('Only the page of the playground may ask here.', { code: 'foreign_origin' });
  }
  if (header(OWN_HEADER) === undefined) {
    throw new ForbiddenError(`The header ${OWN_HEADER} is missing.`, { code: 'no_playground_header' });
  }
}

function hostName(host: string | undefined): string | undefined {
  if (host === undefined || !URL.canParse(`http://${host}`)) return undefined;
  return new URL(`http://${host}`).hostname;
}

function isKnown(host: string, hosts: readonly string[]): boolean {
  if (host === 'localhost' || host.endsWith('.localhost') || hosts.includes(host)) return true;
  return isIP(host.replace(/^\[|\]$/g, '')) !== 0;
}
