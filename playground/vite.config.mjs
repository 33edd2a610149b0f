import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));

/** Builds the page into the package, with relative URLs only, so that it works at any path. */
export default defineConfig({
  root: path('.'),
  base: './',
  resolve: {
    alias: {
      'chatkit-controllers/client': path('../src/client/index.ts'),
      // A second copy, so that the few icons of the page itself do not include all of them.
      'lucide-all': path('../node_modules/lucide-react/dist/cjs/lucide-react.js'),
    },
  },
  oxc: { jsx: { runtime: 'automatic', importSource: 'react' } },
  build: {
    outDir: path('../dist/playground/page'),
    emptyOutDir: true,
    modulePreload: { polyfill: false },
    // The page's content security policy forbids data: URLs, so nothing is inlined.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1000,
    reportCompressedSize: false,
    rolldownOptions: {
      // Ignores module directives such as "use client", which have no meaning here.
      onLog: (level, log, handle) => log.code !== 'MODULE_LEVEL_DIRECTIVE' && handle(level, log),
    },
  },
});
