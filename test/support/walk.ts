import { Session, type Profiler } from 'node:inspector';
import { relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';

const SRC = `${process.cwd()}${sep}src${sep}`;

/**
 * The files of `src` of which functions are called while `work` is done, by this test file alone: what
 * another one has left running in the same process has scripts of its own.
 */
export async function walkOf(work: () => Promise<unknown>): Promise<Set<string>> {
  const session = new Session();
  session.connect();
  try {
    session.post('Profiler.enable');
    session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
    take(session); // what was called so far
    await work();
    const called = take(session);
    // Only now: where there are many scripts it takes so long that servers close idle connections.
    const own = ownScripts(session);
    return filesOf(called.filter(({ scriptId }) => own.has(scriptId)));
  } finally {
    session.disconnect();
  }
}

/** The ids of the scripts of this realm, of which each test file has one. */
function ownScripts(session: Session): ReadonlySet<string> {
  const realms = new Map<string, number>();
  let own: number | undefined;
  session.on('Debugger.scriptParsed', ({ params: { scriptId, executionContextId, url } }) => {
    realms.set(scriptId, executionContextId);
    if (url === __filename || url === pathToFileURL(__filename).href) own = executionContextId; // the latest
  });
  session.post('Debugger.enable');
  session.post('Debugger.disable');
  return new Set([...realms.keys()].filter((scriptId) => realms.get(scriptId) === own));
}

/** What was called since it was last asked for. */
function take(session: Session): readonly Profiler.ScriptCoverage[] {
  let taken: readonly Profiler.ScriptCoverage[] = [];
  session.post('Profiler.takePreciseCoverage', (error, { result }) => {
    if (error !== null) throw error;
    taken = result;
  });
  return taken;
}

function filesOf(scripts: readonly Profiler.ScriptCoverage[]): Set<string> {
  const files = scripts
    .map(({ url, functions }) => ({ path: url.replace(/^file:\/\//, ''), functions }))
    .filter(({ path, functions }) => path.startsWith(SRC) && functions.some(isCalled));
  return new Set(files.map(({ path }) => relative(SRC, path).replaceAll(sep, '/')));
}

/** The compiler makes an accessor of every export that is handed on, and calls it `get`: no work is done there. */
function isCalled({ functionName, ranges }: Profiler.FunctionCoverage): boolean {
  return functionName !== 'get' && (ranges[0]?.count ?? 0) > 0;
}
