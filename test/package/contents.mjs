import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

const ALLOWED = [
  /^package\.json$/,
  /^(LICENSE|README\.md|CHANGELOG\.md)$/,
  /^docs\/[\w/.-]+\.(md|svg|png)$/,
  /^api\/[\w-]+\.api\.md$/,
  /^samples\/[\w/.-]+\.(tsx?|md|widget|html)$/, // the pages link to them, and they are meant to be copied
  /^samples\/cluster\/(Dockerfile|compose\.yaml|nginx\.conf)$/,
  /^samples\/(hono|nestjs|vite-react)\/([\w-]+\/)?(package|tsconfig)\.json$/, // those that run by themselves
  /^dist\/[\w/.-]+\.(js|d\.ts|schema\.json)(\.map)?$/,
  /^src\/[\w/.-]+\.ts$/, // the maps in dist lead there
  /^starter\/\w+\/[\w/.-]+\.(ts|json)$/, // what `init` puts together
  /^dist\/playground\/page\/[\w/.-]+\.(html|css|svg)$/,
];

/** The tarball has what its manifest promises, and nothing that only we need. Prints its size. */
export function checkContents({ tarball, unpacked }) {
  const files = readdirSync(unpacked, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const names = files.map((file) => relative(unpacked, file).split(sep).join('/'));
  const unpackedSize = files.reduce((sum, file) => sum + statSync(file).size, 0);
  console.log(
    `        ${names.length} files, ${kB(statSync(tarball).size)} packed, ${kB(unpackedSize)} unpacked`,
  );

  assert.deepEqual(
    names.filter((name) => !ALLOWED.some((pattern) => pattern.test(name))),
    [],
    'files that should not be there',
  );
  for (const required of ['LICENSE', 'README.md', 'CHANGELOG.md']) {
    assert(names.includes(required), `${required} is missing`);
  }
  for (const map of names.filter((name) => name.endsWith('.map'))) {
    const { sources } = JSON.parse(readFileSync(join(unpacked, map), 'utf8'));
    const lost = sources.filter((source) => !existsSync(join(unpacked, map, '..', source)));
    assert.deepEqual(lost, [], `${map} leads to files that are not there`);
  }
  const manifest = JSON.parse(readFileSync(join(unpacked, 'package.json'), 'utf8'));
  for (const target of targets(manifest.exports)) {
    assert(names.includes(target.replace('./', '')), `exports names ${target}, which is not there`);
  }
}

const targets = (node) => (typeof node === 'string' ? [node] : Object.values(node).flatMap(targets));
const kB = (bytes) => `${Math.ceil(bytes / 1000)} kB`;
