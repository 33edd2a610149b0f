import { type DriverName } from '../../src/stores/sqlite/find-driver';
import { nodeDriver } from '../../src/stores/sqlite/node-driver';

/** The drivers that can be tested here. The one that cannot is named, so that it does not pass for tested. */
export function drivers(): DriverName[] {
  if (nodeDriver() !== undefined) return ['libsql', 'node:sqlite'];
  process.stderr.write(`Not tested: Node ${process.versions.node} has no node:sqlite.\n`);
  return ['libsql'];
}
