import { observed, type Telemetry } from '../../context';
import { chain, type ThreadLock } from '../../store';

/** Wraps a lock so that waiting for it is observed. */
export function observedLock(lock: ThreadLock, telemetry: Telemetry): ThreadLock {
  return {
    acquire: (key, options) =>
      observed(telemetry, { kind: 'lock', waitMs: options.waitMs }, (observation) =>
        chain(lock.acquire(key, options), (release) => {
          observation.note({ acquired: release !== null });
          return release;
        }),
      ),
  };
}
