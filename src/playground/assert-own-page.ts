import { ForbiddenError } from '../errors';
import { hostName, isFromForeignPage, isOwnHost, type HeaderReader } from '../transport';

/** What the page sends with every request for data; no form or image can, and another origin's script only after a preflight. */
const OWN_HEADER = 'x-chatkit-playground';

/**
 * Refuses requests that do not come from the playground's own page. The name of the host is looked at as
 * well, see {@link isOwnHost}.
 *
 * @param hosts names that are allowed besides `localhost` and IP addresses
 * @throws ForbiddenError
 */
export function assertOwnPage(header: HeaderReader, hosts: readonly string[]): void {
  const host = header('host');
  if (!isOwnHost(host, hosts)) {
    throw new ForbiddenError(
      `The playground does not answer at this host. Allow it: playground({ hosts: ['${hostName(host) ?? ''}'] }).`,
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
