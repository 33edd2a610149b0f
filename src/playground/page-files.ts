import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { DeveloperError } from '../errors';

export interface PageFile {
  readonly type: string;
  readonly bytes: Buffer;
  /** Whether its name contains its hash, so that its content never changes. */
  readonly isHashed: boolean;
}

/** Next to this file in the package, and in the repository's build output. */
const PLACES = [join(__dirname, 'page'), join(__dirname, '../../dist/playground/page')];

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/**
 * The files of the page, by path; `''` is the page itself. They are read on the first call.
 *
 * @throws DeveloperError `no_playground_page` when the page was not built
 */
export function pageFiles(): () => ReadonlyMap<string, PageFile> {
  let files: ReadonlyMap<string, PageFile> | undefined;
  return () => (files ??= readPage());
}

function readPage(): ReadonlyMap<string, PageFile> {
  const folder = PLACES.find((place) => existsSync(join(place, 'index.html')));
  if (folder === undefined) {
    throw new DeveloperError(
      'no_playground_page',
      'The page of the playground was not built.',
      'Run `npm run build` in this repository; an installed package contains the page.',
    );
  }
  const found = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return new Map(
    found.flatMap((entry) => {
      const file = join(entry.parentPath, entry.name);
      const name = relative(folder, file).split(sep).join('/');
      const type = TYPES[extname(name)];
      if (type === undefined) return [];
      const page = { type, bytes: readFileSync(file), isHashed: name.startsWith('assets/') };
      return [[name === 'index.html' ? '' : name, page] as const];
    }),
  );
}
