import { createRequire } from 'node:module';
import type { Class } from '../../metadata';

/** Also that of a fork, as `@nestjs/class-transformer`. */
const STORAGE = /[\\/](?:@[^\\/]+[\\/])?class-transformer[\\/]cjs[\\/]storage\.js$/;

/**
 * The folders of other copies of class-transformer that a class is decorated with. Each copy keeps what
 * its decorators say for itself: here their `@Exclude`, `@Type` and `@Transform` would have no effect, and
 * nothing else would tell. (class-validator keeps its rules in a global variable, for all copies.)
 *
 * Copies that a bundler has put into another file are not found.
 */
export function secondTransformersOf(type: Class): string[] {
  return otherCopies()
    .filter(({ storage }) => knows(storage, type))
    .map(({ folder }) => folder);
}

interface Copy {
  readonly folder: string;
  readonly storage: unknown;
}

let found: readonly Copy[] | undefined;

/** Looked for once for all classes that are checked together: a process may have loaded thousands of files. */
function otherCopies(): readonly Copy[] {
  if (found !== undefined) return found;
  const { cache, resolve } = createRequire(__filename);
  const own = resolve('class-transformer/cjs/storage');
  const files = Object.keys(cache).filter((file) => STORAGE.test(file) && file !== own);
  queueMicrotask(() => {
    found = undefined; // another app may be started when more is loaded
  });
  return (found = files.map((file) => ({
    folder: file.replace(/[\\/]cjs[\\/]storage\.js$/, ''),
    storage: cache[file]?.exports as unknown,
  })));
}

/** Whether a copy's storage has something of a class or its parents: a map by class of maps by property. */
function knows(exported: unknown, type: Class): boolean {
  const { defaultMetadataStorage: storage } = exported as { defaultMetadataStorage?: object };
  const maps = Object.values(storage ?? {}).filter((each) => each instanceof Map);
  return lineOf(type).some((each) => maps.some((map) => sizeOf(map.get(each)) > 0));
}

const sizeOf = (properties: unknown): number => (properties instanceof Map ? properties.size : 0);

function lineOf(type: unknown): unknown[] {
  return typeof type === 'function' ? [type, ...lineOf(Object.getPrototypeOf(type))] : [];
}
