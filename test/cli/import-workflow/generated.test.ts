import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { run } from '../../../src/cli/run';
import { freePort } from '../../samples/sample-process';
import { threadIdOf } from '../../support/chat';
import { post } from '../../support/client';
import * as wire from '../../support/requests';
import { until } from '../../support/wait';
import { folderForProjects, installPackage } from '../built-package';
import { sourcesIn, typeProblems } from '../type-check-projects';
import { EXPORTED, ROOT } from './export-files';

jest.setTimeout(180_000);

/*
 * Projects as the command makes them, of all exports of the tests: they are type-checked, their tests run,
 * their servers answer. They find the package as it is built, and the other packages of this repository.
 */

/** Exports that were changed by hand, or are written otherwise. */
const ODD: ReadonlyMap<string, { text: string; file?: string; args?: string[] }> = new Map([
  [
    'of-other-names',
    {
      args: ['--uploads', '--greeting', "What's up?", '--prompt', 'Hello'],
      text: [
        "import { Agent as A, Runner as R, withTrace, type AgentInputItem } from '@openai/agents'; // a comment",
        "interface In { input_as_text: string; language: 'de' | 'en'; by: { id: string }; at: Date; tags: string[] }",
        'const make = (): R => new R();',
        'const helper = new A({ name: "It\'s \\"odd\\"", instructions: "Help.", model: "gpt-5" });',
        'function approvalRequest(message: string) { throw new Error("not implemented"); }',
        'export default async function (workflow: In) {',
        '  const history: AgentInputItem[] = [{ role: "user", content: [{ type: "input_text", text: workflow.input_as_text }] }];',
        '  const [first, second] = [make(), new R({})];',
        '  if (!approvalRequest(`Shall we? ${workflow.language}`)) return;',
        '  await withTrace("Odd", async () => Promise.all([first.run(helper, history), second.run(helper, history)]));',
        '}',
      ].join('\r\n'),
    },
  ],
  [
    'with-a-loop',
    {
      text: [
        "import { Agent, Runner, withTrace } from '@openai/agents';",
        "import { z } from 'zod';",
        'const outputType = z.object({ score: z.number(), hint: z.string() });',
        "const review = new Agent({ name: 'Review', instructions: 'Rate it.', model: 'gpt-5', outputType });",
        'export const runWorkflow = async (workflow: { input_as_text: string }) =>',
        "  withTrace('Loop', async () => {",
        '    const runner = new Runner();',
        '    const state = { score: 0 };',
        '    while (state.score < 8) {',
        '      const reviewed = await runner.run(review, workflow.input_as_text);',
        "      if (!reviewed.finalOutput) throw new Error('Agent result is undefined');",
        '      state.score = reviewed.finalOutput.score;',
        '    }',
        '    return { message: `Rated ${state.score}` };',
        '  });',
      ].join('\n'),
    },
  ],
  [
    'in-javascript',
    {
      file: 'in-javascript.mjs',
      text: [
        "import * as sdk from '@openai/agents';",
        "const helper = new sdk.Agent({ name: 'Helper', instructions: 'Help.', model: 'gpt-5' });",
        'export const runHelper = async (text) => (await new sdk.Runner().run(helper, text)).finalOutput;',
      ].join('\n'),
    },
  ],
]);

let home: string;
const projects = [...EXPORTED.keys(), ...ODD.keys()];

beforeAll(async () => {
  home = folderForProjects('imported');
  installPackage(join(home, 'node_modules/chatkit-controllers'));
  const plain = Array.from(EXPORTED, ([name, text]) => [name, { text, file: undefined, args: [] }] as const);
  for (const [name, { text, file = `${name}.ts`, args = [] }] of [...plain, ...ODD]) {
    writeFileSync(join(home, file), text);
    const { code, stdout, stderr } = await run([
      ...['import-workflow', join(home, file), '--out', join(home, name)],
      ...args,
    ]);
    if (code !== 0) throw new Error(stdout + stderr);
    compile(join(home, name));
  }
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

function compile(project: string): void {
  for (const file of sourcesIn(project)) {
    const { outputText } = ts.transpileModule(readFileSync(file, 'utf8'), {
      compilerOptions: {
        module: ts.ModuleKind.ESNext,
        target: ts.ScriptTarget.ES2022,
        experimentalDecorators: true,
      },
    });
    const to = file.replace(project, join(project, 'dist')).replace(/\.ts$/, '.js');
    mkdirSync(dirname(to), { recursive: true });
    writeFileSync(to, outputText);
  }
}

it('have types that fit, under the settings of their tsconfig.json', () => {
  const [first = ''] = projects;
  const sample = sourcesIn(join(ROOT, 'samples/from-agent-builder'));
  const files = [...projects.flatMap((name) => sourcesIn(join(home, name))), ...sample];
  expect(typeProblems(files, join(home, first, 'tsconfig.json'))).toEqual([]);
});

describe.each(projects)('the project of %s', (name) => {
  it('has a test that passes', () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--test', 'dist/test/chat.test.js'], {
      cwd: join(home, name),
      encoding: 'utf8',
      env: { ...process.env, OPENAI_API_KEY: '', NODE_TEST_CONTEXT: undefined },
    });
    expect({ status, stdout, stderr }).toMatchObject({ status: 0 });
    expect(stdout).toMatch(/# pass 1\b/);
  });

  it('has a server that answers over HTTP', async () => {
    const port = await freePort();
    const server = spawn(process.execPath, ['dist/src/main.js'], {
      cwd: join(home, name),
      env: { ...process.env, OPENAI_API_KEY: '', PORT: String(port), NODE_ENV: 'development' },
    });
    try {
      expect(await printed(server)).toContain('OPENAI_API_KEY is not set: a script answers');
      const url = `http://127.0.0.1:${String(port)}/chatkit`;
      const { events } = await post(url, wire.create('Hello'));
      expect(events[0]!.type).toBe('thread.created');
      expect(JSON.stringify(events)).not.toContain('stream.error');
      const next = await post(url, wire.say(threadIdOf({ events }), 'And now?'));
      expect(JSON.stringify(next.events)).not.toContain('stream.error');
      expect((await fetch(`${url}/playground/`)).status).toBeLessThan(600);
    } finally {
      server.kill();
    }
  });
});

/** What a server prints until it listens. */
async function printed(server: ChildProcess): Promise<string> {
  let text = '';
  for (const output of [server.stdout!, server.stderr!]) output.on('data', (part) => (text += String(part)));
  await until(
    () => text.includes('a script answers') || server.exitCode !== null,
    'the server to listen',
    60_000,
  );
  return text;
}
