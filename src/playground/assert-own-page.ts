import { ForbiddenError } from '../errors';
import { hostName, isFromForeignPage, isOwnHost, type HeaderReader } from '../transport';

/**
 * The page sends this header with each data request. Forms and images cannot, and scripts of other origins
 * need a preflight.
 */
const OWN_HEADER = 'x-chatkit-playground';

/**
 * Refuses requests that do not come from the playground's own page. Checks the host name as well, see {@link
 * isOwnHost}.
 *
 * @param hosts allowed host names besides `localhost` and IP addresses
 * @throws ForbiddenError
 */
export function assertOwnPage(header: HeaderReader, hosts: readonly string[]): void {
  const host = header('host');
  if (!isOwnHost(host, hosts)) {
    throw new ForbiddenError(
      `The playground does not serve this host. Allow it: playground({ hosts: ['${hostName(host) ?? ''}'] }).`,
      { code: 'foreign_host' },
    );
  }
  if (isFromForeignPage(header)) {
    throw new ForbiddenError('Only the page of the playground may send this request.', {
      code: 'foreign_origin',
    });
  }
  if (header(OWN_HEADER) === undefined) {
    throw new ForbiddenError(`The header ${OWN_HEADER} is missing.`, { code: 'no_playground_header' });
  }
}
