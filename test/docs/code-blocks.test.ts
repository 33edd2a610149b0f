import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { COMMANDS } from '../../src/cli/commands';
import { packageManifest } from '../../src/cli/init/package-manifest';
import { readManifest } from '../../src/cli/manifest';
import { parseOptions } from '../../src/cli/parse-options';
import { parseRequest } from '../../src/protocol';
import { codeBlocks, PAGES, ROOT, type CodeBlock } from './code-blocks';
import { syntaxProblems, typeCheck } from './type-check';

const blocks = PAGES.flatMap(codeBlocks);
const inLanguage = (...languages: string[]): CodeBlock[] =>
  blocks.filter(({ language }) => languages.includes(language));
const titled = (chosen: CodeBlock[]): [string, CodeBlock][] =>
  chosen.map((block) => [`${block.page}:${String(block.line)}`, block]);

const packageJson = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
  peerDependencies: Record<string, string>;
  name: string;
};
const ofNewProjects = packageManifest(
  { folder: 'my-chat', store: 'sqlite', agent: false, module: 'esm', packageManager: 'npm' },
  readManifest(),
);

describe('the pages', () => {
  it('have code in languages that are checked, and in no others', () => {
    const known = ['ts', 'tsx', 'json', 'bash', 'html', 'text']; // text is what a program prints
    const others = titled(blocks.filter(({ language }) => !known.includes(language)));
    expect(others.map(([title, { language }]) => `${title} is in "${language}"`)).toEqual([]);
    expect(inLanguage('ts').length).toBeGreaterThan(20);
  });

  it('have TypeScript that compiles', () => {
    expect(typeCheck(inLanguage('ts', 'tsx'))).toEqual([]);
  }, 60_000);

  it('would be caught with TypeScript that does not', () => {
    const wrong = (language: string, code: string): CodeBlock[] => [
      { page: 'README.md', line: 7, language, code, file: undefined },
    ];
    const call = "import { assistantMessage } from 'chatkit-controllers';\nassistantMessage(1);";
    expect(typeCheck(wrong('ts', call))).toEqual([expect.stringContaining('README.md:8: Argument of type')]);
    const tag =
      '/** @jsxImportSource chatkit-controllers/widgets */\n' +
      "import { Text } from 'chatkit-controllers/widgets';\nexport default <Text value={1} />;";
    expect(typeCheck(wrong('tsx', tag))).toEqual([expect.stringContaining("README.md:9: Type 'number'")]);
  }, 60_000);

  it.each(titled(inLanguage('json')))('have JSON that parses: %s', (_, { code }) => {
    expect(() => JSON.parse(code) as unknown).not.toThrow();
  });

  it.each(titled(inLanguage('html')))('have scripts that parse: %s', (_, { code }) => {
    const scripts = [...code.matchAll(/<script>([^]*?)<\/script>/g)].map(([, script]) => script!);
    expect(scripts.length).toBeGreaterThan(0);
    expect(scripts.flatMap(syntaxProblems)).toEqual([]);
  });

  it.each(titled(inLanguage('bash')))('have commands that there are: %s', (_, { code }) => {
    const commands = code.replace(/'[^']*'/g, "''").split(/\n|&&/);
    for (const command of commands.map((each) => each.trim().replace(/^(?:[A-Z_]+=\S+ +)+/, ''))) {
      const [program, verb, name, ...more] = command.replace(/ -p \S+/g, '').split(/\s+/);
      if (program === 'npm') {
        expect(['ci', 'create', 'init', 'install', 'start', 'test', 'run']).toContain(verb);
        if (verb === 'create') expect(name).toBe(packageJson.name);
        const script = verb === 'run' ? name! : verb!;
        if (['start', 'test', 'run'].includes(verb!))
          expect(code.includes('npm create') ? ofNewProjects : packageJson).toHaveProperty([
            'scripts',
            script,
          ]);
      } else if (program === 'npx' && verb === 'tsc') {
        expect(name).toBeUndefined(); // by the settings of the page
      } else if (program === 'npx') {
        expect(verb).toBe(packageJson.name);
        const command = COMMANDS.find((each) => each.name === name);
        expect(command).toBeDefined();
        expect(() => parseOptions(command!, more)).not.toThrow();
      } else {
        expect(['cd', 'cp', 'curl', 'node']).toContain(program);
      }
    }
    for (const [, packages] of code.matchAll(/npm install (.*)/g)) {
      const { name, dependencies, devDependencies, peerDependencies } = packageJson;
      const known = [name, ...Object.keys({ ...dependencies, ...devDependencies, ...peerDependencies })];
      expect(known).toEqual(
        expect.arrayContaining(packages!.split(' ').filter((word) => !word.startsWith('-'))),
      );
    }
  });

  it.each(titled(inLanguage('bash').filter(({ code }) => code.includes('curl') && code.includes(' -d '))))(
    'have requests that the server takes: %s',
    (_, { code }) => {
      for (const [, body] of code.matchAll(/ -d '([^']*)'/g)) {
        expect(() => parseRequest(JSON.parse(body!))).not.toThrow();
      }
    },
  );
});
