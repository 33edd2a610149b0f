/** How many handlers there are for each event of the process. */
export interface Handlers {
  before: Record<string, number>;
  after: Record<string, number>;
}

/** Says which handlers the process has that it did not have before the package was imported. */
const count = (): Record<string, number> =>
  Object.fromEntries(process.eventNames().map((name) => [String(name), process.listenerCount(name)]));

process.on('message', () => undefined);
const before = count();

async function main(): Promise<void> {
  await import('../../../src/index.js');
  await import('../../../src/node/public.js');
  await import('../../../src/express/index.js');
  await import('../../../src/fetch/public.js');
  await import('../../../src/stores/sqlite/index.js');
  const handlers: Handlers = { before, after: count() };
  process.send?.(handlers);
}

void main();
