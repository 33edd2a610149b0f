import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { PAGES, ROOT } from './code-blocks';

const ALL_PAGES = [...PAGES, 'CHANGELOG.md', 'CONTRIBUTING.md', 'bench/README.md'];
const STEMS = new Set(PAGES.map((page) => basename(page, '.md')));

interface Link {
  text: string;
  target: string;
  path: string;
  anchor: string | undefined;
}

/** The links of a page that lead to files of the repository. */
function linksOf(page: string): Link[] {
  const prose = readFileSync(join(ROOT, page), 'utf8').replace(/^```[^]*?^```/gm, '');
  const links = [...prose.matchAll(/\[([^\]]*)\]\(([^)\s]+)\)/g)];
  return links
    .map(([, text = '', target = '']) => {
      const [path = '', anchor] = target.split('#');
      return { text, target, path, anchor };
    })
    .filter(({ target }) => !/^https?:/.test(target));
}

/** The anchors that headings get, as GitHub makes them. */
function anchorsOf(file: string): string[] {
  const prose = readFileSync(file, 'utf8').replace(/^```[^]*?^```/gm, '');
  const headings = Array.from(prose.matchAll(/^#+ (.*)$/gm), ([, heading = '']) => slug(heading));
  return headings.map((anchor, index) => {
    const before = headings.slice(0, index).filter((other) => other === anchor).length;
    return before === 0 ? anchor : `${anchor}-${String(before)}`;
  });
}

function slug(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_\- ]/gu, '')
    .replaceAll(' ', '-');
}

it.each(ALL_PAGES)('%s links to what is there', (page) => {
  const broken = linksOf(page).filter(({ path, anchor }) => {
    const file = path === '' ? join(ROOT, page) : join(ROOT, dirname(page), path);
    return !existsSync(file) || (anchor !== undefined && !anchorsOf(file).includes(anchor));
  });
  expect(broken.map(({ target }) => target)).toEqual([]);
});

/** What `files` in the manifest packs, and what npm packs by itself; `samples` stands for its sources. */
const PACKED = /^(README\.md|LICENSE|CHANGELOG\.md|(api|docs|samples)(\/|$))/;
/** About work on the package itself: for readers of the repository. */
const REPOSITORY_ONLY = new Set(['CONTRIBUTING.md']);

it.each([...PAGES, 'CHANGELOG.md'])('%s links to what the package holds', (page) => {
  const outside = linksOf(page)
    .filter(({ path }) => path !== '' && !REPOSITORY_ONLY.has(path))
    .map(({ path }) => join(dirname(page), path).replaceAll('\\', '/'))
    .filter((path) => !PACKED.test(path));
  expect(outside).toEqual([]);
});

it('packs the sources of the samples, and nothing that is compiled', () => {
  const { files } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { files: string[] };
  for (const packed of [
    'api',
    'docs',
    'samples/*/*.ts',
    'samples/*/*.html',
    'samples/*/{src,test}/*.ts',
    'samples/*/{page,server}/*.{ts,tsx}',
    'samples/*/package.json',
    'samples/*/widgets/*.widget',
    'CHANGELOG.md',
  ])
    expect(files).toContain(packed);
});

it.each(ALL_PAGES)('%s says the name of a page only of a link that leads there', (page) => {
  const misleading = linksOf(page).filter(({ text, path }) => {
    const named = text.toLowerCase().replace(/^the /, '').replaceAll(' ', '-');
    return STEMS.has(named) && path !== '' && basename(path, '.md') !== named;
  });
  expect(misleading.map(({ text, target }) => `[${text}](${target})`)).toEqual([]);
});
