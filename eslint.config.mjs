import js from '@eslint/js';
import { createNodeResolver, importX } from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';

/**
 * The layers of `src`, top to bottom. A folder imports only from folders further down in this list;
 * `src/index.ts` stands above all of them.
 */
const LAYERS = [
  'cli',
  'testing',
  'playground',
  'express',
  'fetch',
  'node',
  'opentelemetry',
  'transport',
  'app',
  'operations',
  'agents',
  'stores',
  'pipeline',
  'registry',
  'checks',
  'routing',
  'execution',
  'decorators',
  'events',
  'templates',
  'jinja',
  'widgets',
  'metadata',
  'context',
  'store',
  'client', // runs in browsers: nothing but these two below it
  'protocol',
  'errors',
];

/** A language of its own, which could be a package: it imports nothing. */
const STANDALONE = 'jinja';

/** Clients and builders load little: they name the very file that they need. */
const LOADING_LITTLE = ['src/client/**', 'src/widgets/components/**'];

/** @param depth how many folders below `src` the importing files are */
const byIndex = (depth) => ({
  files: [`src${'/*'.repeat(depth)}/*.ts`],
  ignores: [...LOADING_LITTLE, `src/${STANDALONE}/**`],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          {
            regex: `^(\\.\\./){${depth}}(?!errors/(?:brand|read-more)$)[a-z]+/`,
            message: 'Import another folder by its index: export there what is needed here.',
          },
        ],
      },
    ],
  },
});

const layerZones = [
  {
    target: './src/*/**',
    from: './src/index.ts',
    message: 'The public face imports the layers, not the reverse.',
  },
  {
    target: `./src/${STANDALONE}`,
    from: './src',
    except: [`./${STANDALONE}`, './index.ts'],
    message: `${STANDALONE}/ imports no other layer: hand the function down instead (see CONTRIBUTING.md).`,
  },
  ...downward('src', LAYERS).filter(({ target }) => target !== `./src/${STANDALONE}`),
  ...downward('src/jinja', ['compile', 'library', 'syntax', 'values']),
];

/** @param folders top to bottom */
function downward(home, folders) {
  return folders.flatMap((folder, index) =>
    folders.slice(0, index).map((above) => ({
      target: `./${home}/${folder}`,
      from: `./${home}/${above}`,
      message: `${folder}/ lies below ${above}/: hand the function down instead (see CONTRIBUTING.md).`,
    })),
  );
}

export default tseslint.config(
  {
    ignores: [
      '**/dist/**',
      '.cache/**',
      'docs/.vitepress/**',
      'coverage/**',
      'test/fixtures/**',
      'test/agents/workflow/exports/**',
      'samples/from-agent-builder/**', // as import-workflow makes it, for settings of its own
    ],
  },
  js.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { 'import-x': importX },
    settings: {
      'import-x/extensions': ['.ts', '.tsx'],
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts', '.tsx'] },
      'import-x/resolver-next': [createNodeResolver({ extensions: ['.ts', '.tsx', '.js'] })],
    },
    rules: {
      'import-x/no-cycle': 'error',
      'import-x/no-restricted-paths': ['error', { zones: layerZones }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-extraneous-class': 'off', // controllers and DTOs are classes by design
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-invalid-void-type': 'off', // a handler may return nothing
      '@typescript-eslint/require-await': 'off', // contracts ask for promises where an implementation needs none
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
    },
  },
  byIndex(1),
  byIndex(2),
  byIndex(3),
  {
    // V8 allocates a function that is assigned to a property in the old generation. There it keeps all that it refers to,
    // a whole run, through every scavenge: 12 KB of an action on SQLite, where it was 1.6 without.
    files: ['src/{app,execution,node,operations,pipeline,stores}/**/*.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: 'AssignmentExpression[left.type="MemberExpression"][right.type=/Function/]',
          message:
            'Make it a method or a field of the class: V8 keeps assigned functions, and what they refer to, for long.',
        },
      ],
    },
  },
  {
    files: [`src/${STANDALONE}/**/*.ts`],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ regex: '^[^.]', message: `${STANDALONE}/ needs no package.` }] },
      ],
    },
  },
  {
    // Widgets must fit the protocol's open type, and an interface fits no index signature.
    files: ['src/widgets/components/*.ts'],
    rules: { '@typescript-eslint/consistent-type-definitions': 'off' },
  },
  {
    files: ['test/**/*.{ts,tsx}', 'samples/**/*.{ts,tsx}', 'bench/**/*.ts'],
    rules: {
      'max-lines': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off', // bodies of responses and expect matchers are any
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    // A page: what it draws may come from any server, so that it doubts even what types promise.
    files: ['playground/**/*.{ts,tsx}'],
    rules: {
      '@typescript-eslint/no-unnecessary-condition': 'off',
      '@typescript-eslint/no-unnecessary-type-conversion': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
    },
  },
  {
    // The samples' own projects see the package as it was built; linting needs no build.
    files: ['samples/**/*.{ts,tsx}'],
    languageOptions: { parserOptions: { projectService: false, project: './tsconfig.json' } },
  },
  {
    // What these import is installed in their own folders: `npm run check:package` sees their types.
    files: ['samples/{hono,nestjs,vite-react}/**/*.{ts,tsx}'],
    ...tseslint.configs.disableTypeChecked,
    languageOptions: {
      parserOptions: {
        projectService: false,
        project: false,
        emitDecoratorMetadata: true,
        experimentalDecorators: true,
      },
    },
  },
  {
    // Of those of the Agents SDK, whose types want settings of their own.
    files: ['samples/{agent,cat-caretaker,airline-support,metro-map,news-guide}/**/*.ts'],
    languageOptions: { parserOptions: { projectService: false, project: './test/agents/tsconfig.json' } },
  },
  {
    // Parts of a project: each finds the others in the folders beside it. They are read by people who begin.
    files: ['starter/**/*.ts'],
    languageOptions: { parserOptions: { projectService: false, project: './starter/tsconfig.json' } },
    rules: {
      '@typescript-eslint/no-floating-promises': [
        'error',
        { allowForKnownSafeCalls: [{ from: 'package', name: 'test', package: 'node:test' }] },
      ],
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
    },
  },
  {
    files: ['**/*.mjs', '**/*.cjs', '**/*.js'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        Buffer: 'readonly',
        URL: 'readonly',
        performance: 'readonly',
        setTimeout: 'readonly',
        clearTimeout: 'readonly',
        setImmediate: 'readonly',
        fetch: 'readonly',
        AbortController: 'readonly',
        AbortSignal: 'readonly',
        TextDecoder: 'readonly',
        TextEncoder: 'readonly',
        structuredClone: 'readonly',
        queueMicrotask: 'readonly',
        setInterval: 'readonly',
        clearInterval: 'readonly',
        clearImmediate: 'readonly',
        module: 'writable',
        require: 'readonly',
        __dirname: 'readonly',
      },
    },
  },
);
