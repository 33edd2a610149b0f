import { jsonFile, lines, type ProjectFile } from '../../project-file';
import type { ProjectPlan } from './project-plan';

/** `package.json`, `tsconfig.json`, `.env.example` and `.gitignore`. */
export function packageFiles(plan: ProjectPlan): ProjectFile[] {
  return [
    { path: 'package.json', text: jsonFile(manifestOf(plan)) },
    { path: 'tsconfig.json', text: jsonFile(compilerOf(plan)) },
    { path: '.env.example', text: environmentOf(plan) },
    {
      path: '.gitignore',
      text: lines('node_modules', 'dist', '.env', 'chat.db*', plan.uploads && 'uploads'),
    },
  ];
}

function manifestOf({ name, read, versions }: ProjectPlan): object {
  const { '@types/node': types, typescript, libsql, ...usual } = versions;
  const own = read.packages
    .filter((each) => !(each in versions)) // packages whose version is unknown here
    .map((each): [string, string] => [each, '*']);
  const used = Object.entries(usual).filter(
    ([each]) => each !== 'openai' || read.packages.includes('openai'),
  );
  return {
    name,
    version: '0.0.0',
    private: true,
    type: 'module',
    engines: { node: '>=20.19' },
    scripts: {
      build: 'tsc --noCheck',
      typecheck: 'tsc --noEmit',
      start: 'npm run build && node --enable-source-maps dist/src/main.js',
      test: 'npm run build && node --test dist/test/chat.test.js',
    },
    dependencies: Object.fromEntries([...used, ...own].sort(([a], [b]) => a.localeCompare(b))),
    optionalDependencies: { libsql }, // Node has built-in SQLite from 22.13
    devDependencies: { '@types/node': types, typescript },
  };
}

/**
 * The compiler options allow what exports do: not every branch returns, and parameters may have no type. The
 * build skips type checking anyway, since exports may be written for other SDK releases.
 */
function compilerOf({ read }: ProjectPlan): object {
  return {
    compilerOptions: {
      target: 'es2022',
      module: 'nodenext',
      types: ['node'],
      strict: true,
      noImplicitAny: false,
      noImplicitReturns: false,
      skipLibCheck: true,
      experimentalDecorators: true,
      ...(read.isJavaScript ? { allowJs: true } : {}),
      rootDir: '.',
      outDir: 'dist',
      sourceMap: true,
    },
    include: ['src', 'test'],
  };
}

function environmentOf({ read, uploads }: ProjectPlan): string {
  const own = read.environment.filter((name) => !['OPENAI_API_KEY', 'OPENAI_BASE_URL'].includes(name));
  return lines(
    '# Copy this file to .env.',
    '',
    '# Without a key a script answers, and no model is asked.',
    'OPENAI_API_KEY=',
    '# In production the server needs a key, or this line, to answer with the script.',
    '# SCRIPTED=1',
    '# Another server with the Responses API.',
    '# OPENAI_BASE_URL=https://models.example.com/v1',
    own.length > 0 && ['', '# Variables that the workflow reads.', ...own.map((name) => `${name}=`)],
    '',
    '# Where the server listens. 0.0.0.0 opens it to other machines.',
    'HOST=127.0.0.1',
    'PORT=8000',
    '',
    '# The origins of the pages with the chat, separated by commas.',
    'PAGE_ORIGINS=http://localhost:3000',
    uploads && [
      '',
      '# The URL of the chat for browsers, and the secret that signs file URLs: openssl rand -base64 48',
      'PUBLIC_URL=http://localhost:8000/chatkit',
      'ATTACHMENT_SECRET=',
    ],
  );
}
