import config from './jest.config.mjs';
import { LONG } from './jest.quick.config.mjs';

/** What `npm run test:long` runs: the suites that `npm test` leaves out. */
export default { ...config, testMatch: undefined, testRegex: LONG };
