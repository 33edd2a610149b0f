// The generated reference of the documentation's site: a page for each entry point of the package.
import { readFileSync } from 'node:fs';
import { Converter } from 'typedoc';

const manifest = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));

/** The entry points of the package by their source files. */
const entries = new Map();
for (const [subpath, { types }] of Object.entries(manifest.exports)) {
  const name = subpath === '.' ? manifest.name : subpath.slice(2);
  if (types !== undefined) entries.set(types.replace('./dist/', 'src/').replace('.d.ts', '.ts'), name);
}

/** Pages are named as the entry points are, and not as their files. */
function nameEntries(app) {
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    for (const [file, name] of entries) {
      const module = project.getChildByName([file.replace('src/', '').replace(/(\/index)?\.ts$/, '')]);
      if (module !== undefined) module.name = name;
    }
  });
}

/** @type {Partial<import('typedoc').TypeDocOptions & import('typedoc-plugin-markdown').PluginOptions>} */
export default {
  plugin: ['typedoc-plugin-markdown', nameEntries],
  tsconfig: 'tsconfig.build.json',
  entryPoints: [...entries.keys()],
  out: 'docs/reference',
  name: 'Reference',
  readme: 'none',
  router: 'module',
  entryFileName: 'index',
  hideBreadcrumbs: true,
  hidePageHeader: true,
  useCodeBlocks: true,
  disableSources: true,
  excludeInternal: true,
  excludePrivate: true,
  // Types that signatures mention and nobody needs to name.
  validation: { notExported: false },
  treatWarningsAsErrors: true,
};
