import { createRequire } from 'node:module';
import type { Class } from '../../metadata';

/** Matches forks too, such as `@nestjs/class-transformer`. */
const STORAGE = /[\\/](?:@[^\\/]+[\\/])?class-transformer[\\/]cjs[\\/]storage\.js$/;

/**
 * The folders of other copies of class-transformer whose decorators a class uses. Each copy stores its
 * own metadata, so their `@Exclude`, `@Type` and `@Transform` would silently have no effect here.
 * (class-validator stores its rules in a global variable, shared by all copies.)
 *
 * Bundled copies are not found.
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

/** Cached until the end of the current task, since a process may have loaded thousands of files. */
function otherCopies(): readonly Copy[] {
  if (found !== undefined) return found;
  const { cache, resolve } = createRequire(__filename);
  const own = resolve('class-transformer/cjs/storage');
  const files = Object.keys(cache).filter((file) => STORAGE.test(file) && file !== own);
  queueMicrotask(() => {
    found = undefined; // more files may be loaded before another app starts
  });
  return (found = files.map((file) => ({
    folder: file.replace(/[\\/]cjs[\\/]storage\.js$/, ''),
    storage: cache[file]?.exports as unknown,
  })));
}

/** Whether a copy's storage (maps by class of maps by property) has metadata of a class or its parents. */
function knows(exported: unknown, type: Class): boolean {
  const { defaultMetadataStorage: storage } = exported as { defaultMetadataStorage?: object };
  const maps = Object.values(storage ?? {}).filter((each) => each instanceof Map);
  return lineOf(type).some((each) => maps.some((map) => sizeOf(map.get(each)) > 0));
}

const sizeOf = (properties: unknown): number => (properties instanceof Map ? properties.size : 0);

function lineOf(type: unknown): unknown[] {
  return typeof type === 'function' ? [type, ...lineOf(Object.getPrototypeOf(type))] : [];
}
