import { readdirSync, readFileSync } from 'node:fs';
import { defineConfig, type DefaultTheme, type MarkdownRenderer } from 'vitepress';

const index = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

/** The generated page of each entry point: `npm run docs:build` writes them before the site. */
function reference(): DefaultTheme.SidebarItem {
  const pages = readdirSync(new URL('../reference/', import.meta.url)).flatMap(
    (file) => /^(.+)(?<!index)\.md$/.exec(file)?.[1] ?? [],
  );
  const isRoot = (page: string) => page === 'chatkit-controllers';
  pages.sort((a, b) => Number(isRoot(b)) - Number(isRoot(a)) || a.localeCompare(b));
  const items = pages.map((page) => ({
    text: isRoot(page) ? page : `chatkit-controllers/${page}`,
    link: `/reference/${page}`,
  }));
  return { text: 'Exports', items };
}

/** The sections and pages of docs/README.md: the site and the repository list the same. */
function sidebar(): DefaultTheme.SidebarItem[] {
  return index
    .split('\n## ')
    .slice(1)
    .map((section) => ({
      text: section.slice(0, section.indexOf('\n')),
      items: Array.from(section.matchAll(/\[([^\]]+)\]\(([\w-]+)\.md\)/g), ([, text = '', page = '']) => ({
        text: text.charAt(0).toUpperCase() + text.slice(1),
        link: `/${page}`,
      })),
    }));
}

function adapt(md: MarkdownRenderer): void {
  // Code may contain `{{ … }}`, which Vue would evaluate.
  const { code_inline: code } = md.renderer.rules;
  md.renderer.rules.code_inline = (...args) => code!(...args).replace(/^<code/, '<code v-pre');
  // The samples and the changelog are in the repository and not on the site: their links become text.
  md.core.ruler.push('repository_links', ({ tokens }) => {
    for (const { children } of tokens) {
      let isOutside = false;
      for (const token of children ?? []) {
        if (token.type === 'link_open') isOutside = (token.attrGet('href') ?? '').startsWith('../');
        if (isOutside && /^link_/.test(token.type))
          Object.assign(token, { type: 'text', tag: '', content: '' });
      }
    }
  });
}

export default defineConfig({
  title: 'chatkit-controllers',
  description: 'Self-hosted ChatKit backends in TypeScript',
  rewrites: { 'README.md': 'index.md' },
  ignoreDeadLinks: 'localhostLinks',
  markdown: { config: adapt },
  themeConfig: {
    search: { provider: 'local' },
    sidebar: [...sidebar(), reference()],
    outline: [2, 3],
  },
});
