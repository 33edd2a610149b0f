import config from './jest.config.mjs';
import { LONG } from './jest.quick.config.mjs';

const { testMatch: _, ...rest } = config;

/** What `npm run test:long` runs: the suites that `npm test` leaves out. */
export default { ...rest, testRegex: LONG };
