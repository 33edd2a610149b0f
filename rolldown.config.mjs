import { readFileSync } from 'node:fs';
import { defineConfig } from 'rolldown';

const { exports, bin, peerDependencies } = JSON.parse(
  readFileSync(new URL('package.json', import.meta.url), 'utf8'),
);

/** What the package can be entered by, by the name of its file in `dist`. */
const entries = [
  ...Object.values(exports).flatMap((entry) => entry.default ?? []),
  ...Object.values(bin),
].map((file) => file.replace(/^(?:\.\/)?dist\//, '').replace(/\.js$/, ''));

/*
 * Modules of one file call each other directly. As CommonJS files of their own they would look each
 * function up in the `exports` of a folder's index, which are accessors: V8 keeps such an object as a
 * hash table, and inlines nothing that is called through it. That was a tenth of an action's time. What
 * several entries share is a file of its own, whose exports are made plain values for the same reason:
 * they stand at its end, where all of them have theirs.
 */
const ACCESSOR =
  /Object\.defineProperty\(exports, "(\w+)", \{\s+enumerable: true,\s+get: function\(\) \{\s+return ([\w$]+);\s+\}\s+\}\);/g;

/*
 * A peer that is needed when the package is loaded. Node's error for a missing one would not say what to
 * install. All stays on one line, for the source maps.
 */
const PEER = new RegExp(
  `^let ([\\w$]+) = require\\("(${Object.keys(peerDependencies).join('|')})"\\);$`,
  'gm',
);
const namingThePeer = (_, variable, peer) =>
  `let ${variable}; try { ${variable} = require("${peer}"); } catch (cause) { ` +
  'throw cause.code !== "MODULE_NOT_FOUND" ? cause : Object.assign(new Error(' +
  `"chatkit-controllers needs the package ${peer}, which is not installed. Run: npm install ${peer}", ` +
  '{ cause }), { code: cause.code }); }';

export default defineConfig({
  input: Object.fromEntries(entries.map((name) => [name, `src/${name}.ts`])),
  platform: 'node',
  external: /^[^./]/,
  tsconfig: 'tsconfig.build.json',
  plugins: [
    {
      name: 'exports-as-values-and-named-peers',
      generateBundle(_, files) {
        for (const file of Object.values(files)) {
          if (file.type === 'chunk')
            file.code = file.code.replace(ACCESSOR, 'exports.$1 = $2;').replace(PEER, namingThePeer);
        }
      },
    },
  ],
  output: {
    dir: 'dist',
    format: 'cjs',
    entryFileNames: '[name].js',
    chunkFileNames: 'shared/[name].js',
    exports: 'named',
    comments: false,
    sourcemap: true,
    sourcemapExcludeSources: true, // `src` is in the package
  },
});
