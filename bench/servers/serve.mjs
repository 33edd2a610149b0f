import { createServer } from 'node:http';
import { Session } from 'node:inspector/promises';

/**
 * Serves one contestant from this process, and does what the parent asks for.
 *
 * @param listener a request listener for `node:http`; Express apps are such
 * @param reset puts the store back to its seed
 * @param storedTypes the types of a thread's items, in order
 */
export function serve({ listener, reset, storedTypes }) {
  const profiler = new Session();
  const answers = {
    reset,
    storedTypes: ({ threadId }) => storedTypes(threadId),
    cpu: () => process.cpuUsage(),
    memory: () => process.memoryUsage.rss(),
    /** What lives after a collection; the process is started with `--expose-gc`. */
    live() {
      globalThis.gc();
      globalThis.gc();
      const { heapUsed, external } = process.memoryUsage();
      return heapUsed + external;
    },
    async startProfile() {
      profiler.connect();
      await profiler.post('Profiler.enable');
      await profiler.post('Profiler.setSamplingInterval', { interval: 200 }); // microseconds
      await profiler.post('Profiler.start');
    },
    stopProfile: async () => (await profiler.post('Profiler.stop')).profile,
  };
  const server = createServer(listener);
  server.listen(0, '127.0.0.1', async () => {
    await reset();
    process.send({ port: server.address().port });
  });
  process.on('message', async ({ id, name, ...rest }) => {
    process.send({ id, answer: await answers[name](rest) });
  });
  process.on('disconnect', () => process.exit());
}
