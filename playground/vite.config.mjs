import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));

/** Builds the page into the package: relative URLs only, so that it works at any path. */
export default defineConfig({
  root: path('.'),
  base: './',
  resolve: {
    alias: {
      'chatkit-controllers/client': path('../src/client/index.ts'),
      // A second copy: from the first one the few icons of the page itself would bring along all of them.
      'lucide-all': path('../node_modules/lucide-react/dist/cjs/lucide-react.js'),
    },
  },
  oxc: { jsx: { runtime: 'automatic', importSource: 'react' } },
  build: {
    outDir: path('../dist/playground/page'),
    emptyOutDir: true,
    modulePreload: { polyfill: false },
    // What is inlined as a data: URL the page's own policy forbids.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1000,
    reportCompressedSize: false,
    rolldownOptions: {
      // Packages for servers mark their modules so; here there is no server.
      onLog: (level, log, handle) => log.code !== 'MODULE_LEVEL_DIRECTIVE' && handle(level, log),
    },
  },
});
