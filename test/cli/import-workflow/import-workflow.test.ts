import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import ts from 'typescript';
import { run } from '../../../src/cli/run';
import { loadWith } from '../../../src/cli/import-workflow/load-typescript';
import { readExport } from '../../../src/cli/import-workflow/read-export';
import { mountSmallDisk, type SmallDisk } from '../../support/small-disk';
import type { ImportedWorkflow, ImportOutcome } from '../../../src/cli/import-workflow';
import { EXPORTED } from './export-files';

let home: string;
beforeEach(() => (home = mkdtempSync(join(tmpdir(), 'chatkit-import-'))));
afterEach(() => rmSync(home, { recursive: true }));

const out = (): string => join(home, 'chat');

/** Imports a text, or a file that is there. */
async function importText(text: string | Buffer, { name = 'workflow.ts', args = [] as string[] } = {}) {
  const file = join(home, name);
  writeFileSync(file, text);
  const { code, stdout, stderr } = await run(['import-workflow', file, '--out', out(), '--json', ...args]);
  return { code, stderr, outcome: stdout === '' ? undefined : (JSON.parse(stdout) as ImportOutcome) };
}

async function imported(
  text: string | Buffer,
  options?: Parameters<typeof importText>[1],
): Promise<ImportedWorkflow> {
  const { outcome } = await importText(text, options);
  if (outcome?.ok !== true) throw new Error(JSON.stringify(outcome));
  return outcome;
}

const read = (path: string): string => readFileSync(join(out(), path), 'utf8');
const codes = ({ findings }: ImportedWorkflow): [string, number | undefined][] =>
  findings.map(({ code, line }) => [code, line]);

/** The smallest export. */
const small = (body = "return { message: 'Hi' };", before = ''): string =>
  [
    `import { Agent, Runner, withTrace } from '@openai/agents';`,
    `${before}type WorkflowInput = { input_as_text: string };`,
    'export const runWorkflow = async (workflow: WorkflowInput) =>',
    `  withTrace('Small', async () => {`,
    '    const runner = new Runner();',
    `    ${body}`,
    '  });',
    '',
  ].join('\n');

describe('the two lines', () => {
  it.each([...EXPORTED])('are all that is changed in an export: %s', (name, text) => {
    const reading = readExport(ts, `${name}.ts`, text, undefined);
    if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
    const before = new Set(text.split('\n'));
    const changed = reading.read.text.split('\n').filter((line) => !before.has(line));
    const asks = text.includes('approvalRequest(');
    const names = asks ? 'approvalRequest, chatRunner' : 'chatRunner';
    const quote = text.includes('from "zod"') ? '"' : "'";
    const lines = [
      expect.stringMatching(/\bRunner as SdkRunner\b/),
      `import { ${names} } from ${quote}chatkit-controllers/agents${quote};`,
      'const Runner = chatRunner(SdkRunner);',
      ...(asks ? [expect.stringContaining('if (await approvalRequest(approvalMessage))')] : []),
    ];
    expect(changed).toEqual(lines);
    expect(reading.read.text).not.toContain('TODO: Implement');
  });

  it.each([...EXPORTED])('are left alone where they are there already: %s', (name, text) => {
    const first = readExport(ts, `${name}.ts`, text, undefined);
    const again = readExport(ts, `${name}.ts`, first.ok ? first.read.text : '', undefined);
    expect(again).toMatchObject({ ok: true, read: { changes: [], text: first.ok && first.read.text } });
  });

  it('keep line ends, and lose no byte order mark into the code', async () => {
    await imported(`\uFEFF${small().replaceAll('\n', '\r\n')}`);
    const text = read('src/workflow.ts');
    expect(text.startsWith('import { Agent, Runner as SdkRunner')).toBe(true);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });

  it.each([
    [
      'a name of its own',
      'import { Runner as R } from "@openai/agents";\nexport const runWorkflow = async () => new R();',
      'const R = chatRunner(SdkRunner);',
    ],
    [
      'the whole SDK',
      "import * as sdk from '@openai/agents';\nexport const runWorkflow = async () => new sdk.Runner();",
      'const ChatRunner = chatRunner(sdk.Runner);',
    ],
    [
      'a name that is taken',
      "import { Runner } from '@openai/agents';\nconst SdkRunner = 1, chatRunner = 2;\nexport const runWorkflow = async () => [new Runner(), SdkRunner, chatRunner];",
      'const Runner = chatRunner2(SdkRunner2);',
    ],
    [
      'its class as a type',
      "import { Runner } from '@openai/agents';\nconst make = (): Runner => new Runner();\nexport const runWorkflow = async () => make();",
      'type Runner = SdkRunner;',
    ],
  ])('are right for an export with %s', async (_what, text, line) => {
    await imported(text);
    expect(read('src/workflow.ts')).toContain(line);
  });

  it.each([
    ['little', [0xff, 0xfe], (text: string) => Buffer.from(text, 'utf16le')],
    ['big', [0xfe, 0xff], (text: string) => Buffer.from(text, 'utf16le').swap16()],
  ])(
    'are found in UTF-16 as well (%s-endian), as shells of Windows save it',
    async (_order, mark, encoded) => {
      const text = small("return { message: 'Grüße' };");
      await imported(text);
      const utf8 = read('src/workflow.ts');
      rmSync(out(), { recursive: true });
      await imported(Buffer.concat([Buffer.from(mark), encoded(text)]));
      expect(read('src/workflow.ts')).toBe(utf8);
    },
  );

  it('give each of two Runners to the chat', async () => {
    await imported(small('const other = new Runner({}); return [runner, other];'));
    expect(read('src/workflow.ts')).toContain('const Runner = chatRunner(SdkRunner);');
  });

  it('come with options under the names that the SDK reads', async () => {
    const tools = [
      "import { webSearchTool } from '@openai/agents';",
      "const a = webSearchTool({ filters: { allowed_domains: ['a.example'] } });",
      "const b = webSearchTool({ filters: { 'allowed_domains': ['b.example'] } });",
      "const c = { filters: { allowed_domains: ['c.example'] } };\n",
    ].join('\n');
    const { changes } = await imported(small('return [a, b, c];', tools));
    expect(changes.map(({ line }) => line)).toEqual([1, 3, 4]);
    const text = read('src/workflow.ts');
    expect(text).toContain("webSearchTool({ filters: { allowedDomains: ['a.example'] } })");
    expect(text).toContain("webSearchTool({ filters: { allowedDomains: ['b.example'] } })");
    expect(text).toContain("{ allowed_domains: ['c.example'] }");
  });

  it('are not looked for in comments and texts', async () => {
    const tricky = small("return 'approvalRequest(1) new Runner()'; // approvalRequest(2)");
    const { changes } = await imported(tricky);
    expect(changes).toHaveLength(1);
    expect(read('src/workflow.ts')).toContain(
      "return 'approvalRequest(1) new Runner()'; // approvalRequest(2)",
    );
  });
});

describe('approvalRequest()', () => {
  const unfinished = 'const approvalRequest = (message: string) => true;\n';

  it.each([
    ['in a condition', 'if (!approvalRequest("a")) return;', 'if (!await approvalRequest("a")) return;'],
    [
      'beside others',
      'return approvalRequest("a") && approvalRequest("b");',
      'await approvalRequest("a") && await approvalRequest("b")',
    ],
    ['read of', 'return approvalRequest("a").valueOf();', '(await approvalRequest("a")).valueOf()'],
    ['awaited already', 'return await approvalRequest("a");', 'return await approvalRequest("a");'],
  ])('is awaited where it is %s', async (_where, body, expected) => {
    await imported(small(body, unfinished));
    expect(read('src/workflow.ts')).toContain(expected);
    expect(read('src/workflow.ts')).not.toContain('=> true');
  });

  it('is left alone where it is another one, and where the user has written it', async () => {
    const own =
      'async function approvalRequest(message: string) {\n  return fetch(message).then(({ ok }) => ok);\n}\n';
    const outcome = await imported(small('return approvalRequest("a");', own));
    expect(codes(outcome)).toEqual([['own_approval', 2]]);
    expect(read('src/workflow.ts')).toContain('return fetch(message)');
    const shadowed = small(
      'const ask = (approvalRequest: (m: string) => boolean) => approvalRequest("a"); return ask;',
      unfinished,
    );
    await imported(shadowed, { args: ['--force'] });
    expect(read('src/workflow.ts')).toContain('=> approvalRequest("a")');
  });

  it.each([
    [
      'called where nothing can be awaited',
      'return [1].map(() => approvalRequest("a"));',
      'approval_not_awaited',
    ],
    ['handed on', 'return [approvalRequest];', 'approval_not_called'],
  ])('is told of where it is %s', async (_where, body, code) => {
    expect(codes(await imported(small(body, unfinished)))).toEqual([[code, 7]]);
  });
});

describe('the workflow', () => {
  const file = (line: string): string =>
    `import { Runner, withTrace } from '@openai/agents';\n${line}\nvoid Runner;\n`;
  it.each([
    ['export const runWorkflow = async () => 1;', 'workflow.runWorkflow'],
    ['export async function runWorkflow() {}', 'workflow.runWorkflow'],
    ['const runWorkflow = async () => 1;\nexport { runWorkflow };', 'workflow.runWorkflow'],
    ['const main = async () => 1;\nexport { main as runWorkflow };', 'workflow.runWorkflow'],
    ['export default async function runWorkflow() {}', 'runExported'],
    ['const main = async () => 1;\nexport default main;', 'runExported'],
    [
      "export const runSupport = async () => withTrace('S', async () => 1);\nexport const other = () => 2;",
      'workflow.runSupport',
    ],
    ['const runWorkflow = async () => 1;', 'workflow.runWorkflow'],
  ])('is found: %s', async (line, called) => {
    await imported(file(line));
    expect(read('src/chat.ts')).toContain(`runWorkflow(${called}, ctx`);
    expect(read('src/workflow.ts')).toMatch(/export /);
  });

  it('is named where there are several', async () => {
    const two = file('export const a = async () => 1;\nexport const b = async () => 2;');
    const { code, outcome } = await importText(two);
    expect(code).toBe(1);
    expect(outcome).toMatchObject({
      ok: false,
      problems: [{ code: 'export_without_workflow', message: expect.stringContaining('a, b') }],
    });
    await imported(two, { args: ['--workflow', 'b'] });
    expect(read('src/chat.ts')).toContain('workflow.b');
  });

  it.each([
    ['type In = { input_as_text: string };\nexport const runWorkflow = async (w: In) => w;', []],
    ['export const runWorkflow = async (w: { input_as_text: string; user_id?: string }) => w;', []],
    ['export const runWorkflow = async (text: string) => text;', ['input: (message) => message?.content']],
    [
      "interface In { input_as_text: string; language: 'de' | 'en'; age: number; tags: string[]; at: Date; by: { id: string } }\nexport const runWorkflow = async (w: In) => w;",
      [
        'input_as_text: message',
        "language: 'de' as const, // to be set",
        'age: 0,',
        'tags: [],',
        'at: undefined as never,',
        "by: { id: '' },",
      ],
    ],
  ])('is called with what it takes: %s', async (line, expected) => {
    const { findings } = await imported(file(line));
    const chat = read('src/chat.ts');
    for (const each of expected) expect(chat).toContain(each);
    expect(chat.includes('input:')).toBe(expected.length > 0);
    expect(findings.filter(({ code }) => code === 'input_variable')).toHaveLength(
      Math.max(0, expected.length - 1),
    );
  });

  it('may be JavaScript', async () => {
    const text =
      "import { Agent, Runner } from '@openai/agents';\nexport const runWorkflow = async ({ input_as_text, user }) => [input_as_text, user, new Runner()];\n";
    await imported(text, { name: 'workflow.mjs' });
    expect(read('src/workflow.js')).toContain('const Runner = chatRunner(SdkRunner);');
    expect(read('src/chat.ts')).toContain('user: undefined, // to be set');
    expect(JSON.parse(read('tsconfig.json'))).toMatchObject({ compilerOptions: { allowJs: true } });
  });
});

describe('what is shown', () => {
  it('is listed for each agent, once for those of one name', async () => {
    const agents = [
      "import { z } from 'zod';",
      "const Schema = z.object({ kind: z.enum(['a', 'b']) });",
      "const a = new Agent({ name: 'Sort', outputType: Schema });",
      "const b = new Agent({ name: 'Fill in', outputType: z.object({ name: z.string(), 'the age': z.number() }) });",
      "const c = new Agent({ name: \"It's me\", outputType: 'text' });",
      "const d = new Agent({ name: 'Fill in' });",
      "const e = new Agent({ name: 'Twice' });",
      "const f = Agent.create({ name: 'Twice' });",
      'const g = new Agent({ name: `Agent ${String(1)}` });\n',
    ].join('\n');
    const outcome = await imported(small('return [a, b, c, d, e, f, g];', agents));
    expect(outcome.agents.map(({ name, shown, fields }) => [name, shown, fields])).toEqual([
      ['Sort', 'progress', ['kind']],
      ['Fill in', 'progress', ['name', 'the age']],
      ["It's me", 'text', []],
      ['Fill in', 'text', []],
      ['Twice', 'text', []],
      ['Twice', 'text', []],
      [undefined, 'text', []],
    ]);
    const chat = read('src/chat.ts');
    expect(chat).toContain("    Sort: 'progress',\n    // 'Fill in': two agents");
    expect(chat).toContain("    'It\\'s me': 'text',\n    Twice: 'text',\n  },");
    expect(chat).toContain("//   'Fill in': …, // name, the age");
    expect(codes(outcome).filter(([code]) => code === 'agent_name')).toEqual([
      ['agent_name', 5],
      ['agent_name', 8],
      ['agent_name', 10],
    ]);
  });

  it('has the start screen and the uploads that are asked for', async () => {
    const args = [
      '--greeting',
      "What's up?",
      '--prompt',
      'Refund me',
      '--prompt',
      'Where is it?',
      '--uploads',
    ];
    await imported(small(), { args });
    expect(read('src/page.ts')).toContain("greeting: 'What\\'s up?'");
    expect(read('src/page.ts')).toContain("{ label: 'Where is it?', prompt: 'Where is it?' }");
    expect(read('src/chat.ts')).toContain('attachmentStore: files');
    expect(read('.env.example')).toContain('ATTACHMENT_SECRET=');
  });
});

describe('names of every kind', () => {
  const agent = (name: string, more = ''): string =>
    `import { z } from 'zod';\nnew Agent({ name: ${JSON.stringify(name)}, instructions: ''${more} });\n`;
  const structured = (name: string): string =>
    agent(name, `, outputType: z.object({ ${JSON.stringify(name)}: z.string(), b: z.string() })`);

  it.each(['a\u2028b', 'a\u2029b', 'a\nb', '\'\\"`${x}*/', '__proto__', '客服 👩‍👧'])(
    'stand in the code of the project as they are: %j',
    async (name) => {
      const args = ['--greeting', name, '--prompt', name];
      await imported(small(undefined, agent(name) + structured(name)), { args });
      for (const path of ['src/chat.ts', 'src/page.ts']) {
        const { diagnostics } = ts.transpileModule(read(path), { reportDiagnostics: true });
        expect(diagnostics!.map(({ messageText }) => messageText)).toEqual([]);
      }
      expect(read('src/chat.ts')).toContain('two agents have this name');
      rmSync(out(), { recursive: true });
      await imported(small(undefined, structured(name)));
      const [, rows = ''] = /show: (\{[^]*?\n {2}\}),/.exec(read('src/chat.ts')) ?? [];
      expect(Object.entries(runInNewContext(`(${rows})`) as object)).toEqual([[name, 'progress']]);
    },
  );
});

describe('what is left', () => {
  it.each<[string, string, [string, number][]]>([
    [
      'methods of the expression language',
      'return workflow.input_as_text.lower() + workflow.input_as_text.size();',
      [
        ['not_javascript', 6],
        ['not_javascript', 6],
      ],
    ],
    ['methods of other objects', 'return Promise.all([new Map().size, new Set([1]).contains]);', []],
    [
      'lists that are asked for an index',
      "return workflow.input_as_text in ['a', 'b'];",
      [['not_javascript', 6]],
    ],
    [
      'names that are declared nowhere',
      'return has(workflow.x) ? size(inputs) : [structuredClone(1), undefined];',
      [
        ['not_declared', 6],
        ['not_declared', 6],
        ['not_declared', 6],
      ],
    ],
    [
      'placeholders',
      'const a = `Hi\n{{ workflow.input_as_text }}`; return `${a} {{state.name}}`;',
      [
        ['placeholder', 7],
        ['placeholder', 7],
      ],
    ],
    ['state', 'const state = { a: null }; return "Hi";', [['state_of_a_turn', 6]]],
    ['no state', 'const state = {}; return state;', []],
    ['runs that stream', 'return runner.run(1 as never, "a", { stream: true });', [['run_not_shown', 6]]],
  ])('%s', async (_what, body, expected) => {
    expect(codes(await imported(small(body)))).toEqual(expected);
  });

  it('of tools and keys', async () => {
    const tools = [
      "import { hostedMcpTool, run, tool } from '@openai/agents';",
      "const open = tool({ name: 'open', description: '', parameters: {} as never, execute: async () => {\n  // TODO: Unimplemented\n} });",
      "const mcp = hostedMcpTool({ serverLabel: 'calendar', authorization: 'secret', requireApproval: 'always', serverUrl: 'https://x.example' });",
      "const done = hostedMcpTool({ serverLabel: 'calendar', authorization: process.env.MCP_KEY, requireApproval: 'never', serverUrl: 'https://x.example' });",
      '',
    ].join('\n');
    const outcome = await imported(small('return [open, mcp, done, run(1 as never, "")];', tools));
    expect(codes(outcome)).toEqual([
      ['unfinished_tool', 3],
      ['secret_in_code', 6],
      ['run_not_shown', 12],
    ]);
    expect(read('.env.example')).toContain('MCP_KEY=');
  });

  it('of ends that return an object without a text, with `answer` for them in src/chat.ts', async () => {
    const body = [
      'if (runner) return { cancelled: true, text: "" };',
      'const end = { attempts: 1 };',
      'if (end) return end;',
      'const found = [1].map(() => { return { no: "end" }; });',
      'if (found) return { message: "Done." };',
      'return { ...end };',
    ];
    const outcome = await imported(small(body.join('\n')));
    expect(codes(outcome)).toEqual([
      ['end_not_shown', 6],
      ['end_not_shown', 8],
    ]);
    expect(read('src/chat.ts')).toContain('// answer: (returned) => …, // { cancelled, text }');
    expect(read('src/chat.ts')).toContain('// answer: (returned) => …, // { attempts }');
  });

  it('of files beside the export, whose aliases are no packages', async () => {
    const files = [
      "import { a } from './tools';",
      "import { b } from '@/lib/tools';",
      "import { c } from '~/tools';",
      "import fs from 'fs/promises';",
      "import d from '@scope/package/deep';\n",
    ].join('\n');
    const outcome = await imported(small('return [a, b, c, d, fs];', files));
    expect(codes(outcome)).toEqual([
      ['file_import', 2],
      ['file_import', 3],
      ['file_import', 4],
    ]);
    const { dependencies } = JSON.parse(read('package.json')) as { dependencies: Record<string, string> };
    expect(Object.keys(dependencies).filter((name) => /fs|lib|tools|package/.test(name))).toEqual([
      '@scope/package',
    ]);
  });

  it('is told in the README and on the screen, with lines', async () => {
    writeFileSync(join(home, 'w.ts'), small('return workflow.input_as_text.lower();'));
    const { code, stdout } = await run(['import-workflow', join(home, 'w.ts'), '--out', out()]);
    expect(code).toBe(0);
    for (const text of [stdout, read('README.md')]) {
      expect(text).toContain('line 6: .lower() is part of the builder');
      expect(text).toContain('Write .toLowerCase().');
    }
  });
});

describe('packages', () => {
  it('are those of the export and those that the project needs', async () => {
    const imports =
      "import OpenAI from 'openai';\nimport { runGuardrails } from '@openai/guardrails';\nimport { readFile } from 'node:fs';\nimport lodash from 'lodash/fp';\nimport type { X } from 'types-only';\n";
    await imported(small('return [OpenAI, runGuardrails, readFile, lodash];', imports));
    const { dependencies } = JSON.parse(read('package.json')) as { dependencies: Record<string, string> };
    expect(Object.keys(dependencies)).toEqual([
      '@openai/agents',
      '@openai/guardrails',
      'chatkit-controllers',
      'class-transformer',
      'class-validator',
      'lodash',
      'openai',
      'reflect-metadata',
      'rxjs',
      'zod',
    ]);
    expect(read('src/environment.ts')).toContain('scriptModels(sdk)');
  });
});

describe('nothing is written', () => {
  it.each([
    ['an empty file', '\n', undefined, 'empty'],
    ['Markdown around it', `Here:\n\`\`\`ts\n${small()}\`\`\`\n`, 2, 'Markdown'],
  ])('of %s, and it says so', async (_what, text, line, message) => {
    const { code, outcome } = await importText(text);
    const problem = { code: 'export_not_parsed', message: expect.stringContaining(message) };
    expect({ code, problems: outcome?.problems }).toMatchObject({ code: 1, problems: [problem] });
    expect(outcome?.problems[0]?.line).toBe(line);
  });

  it.each([
    ['what is no export', 'export const runWorkflow = async () => 1;', 'export_without_runner'],
    ['a broken file', `${small()}\nif (`, 'export_not_parsed'],
    ['Python', 'from agents import Agent, Runner\n', 'export_not_parsed'],
    ['JSON', '{"a": 1}', 'export_not_parsed'],
  ])('for %s', async (_what, text, code) => {
    const outcome = await importText(text);
    expect(outcome).toMatchObject({
      code: 1,
      outcome: { ok: false, problems: expect.arrayContaining([expect.objectContaining({ code })]) },
    });
    expect(existsSync(out())).toBe(false);
    const file = join(home, 'workflow.ts');
    expect((await run(['import-workflow', file, '--out', out()])).stdout).toMatch(
      /^Nothing was written:\n {2}/,
    );
  });

  it('with lines for what is no syntax', async () => {
    const { outcome } = await importText(small('const = 1;'));
    expect(outcome).toMatchObject({ problems: [{ line: 6 }] });
  });

  it.each([
    ['there is no file', ['nowhere.ts'], 'There is no file'],
    ['it is a folder', ['.'], '. is not a file'],
    ['none is named', [], 'Name the file of the export.'],
    ['two are named', ['a.ts', 'b.ts'], '"b.ts" was not expected'],
    ['an option is of another command', ['a.ts', '--strict'], 'import-workflow has no option --strict'],
    ['no folder is named', ['a.ts', '--out='], '--out needs a value.'],
  ])('where %s', async (_what, args, message) => {
    const { code, stdout, stderr } = await run(['import-workflow', ...args]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).toContain('\nHelp: npx chatkit-controllers import-workflow --help\n');
  });

  it('into a folder that is not empty, unless it is asked for; then other files stay', async () => {
    mkdirSync(out());
    writeFileSync(join(out(), 'mine.txt'), 'mine');
    writeFileSync(join(out(), 'README.md'), 'mine');
    const { code, stderr } = await importText(small());
    expect({ code, files: readdirSync(out()) }).toEqual({ code: 2, files: ['README.md', 'mine.txt'] });
    expect(stderr).toContain('is not empty');
    await imported(small(), { args: ['--force'] });
    expect(readFileSync(join(out(), 'mine.txt'), 'utf8')).toBe('mine');
    expect(read('README.md')).toContain('# Small');
  });

  it('into a file', async () => {
    writeFileSync(out(), '');
    expect(await importText(small(), { args: ['--force'] })).toMatchObject({ code: 2 });
  });

  it('by halves: where a file cannot be written, all is as it was', async () => {
    mkdirSync(join(out(), 'test/chat.test.ts'), { recursive: true }); // a folder where the last file goes
    writeFileSync(join(out(), 'README.md'), 'mine');
    const { code, outcome } = await importText(small(), { args: ['--force'] });
    expect({ code, outcome }).toEqual({ code: 2, outcome: undefined });
    expect(readdirSync(out()).sort()).toEqual(['README.md', 'test']);
    expect(read('README.md')).toBe('mine');
    expect(readdirSync(home).sort()).toEqual(['chat', 'workflow.ts']);
  });
});

describe('a project that cannot be written', () => {
  /** A disk of its own; nothing where this process may not mount one. */
  const disk = (): SmallDisk | undefined => {
    const directory = join(home, 'disk');
    mkdirSync(directory);
    return mountSmallDisk(directory);
  };

  async function refused(to: string): Promise<void> {
    const file = join(home, 'workflow.ts');
    writeFileSync(file, small());
    const { code, stdout, stderr } = await run(['import-workflow', file, '--out', to]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^project_not_written: .*[A-Z]{5,}: .*\n$/); // what the system says, and no stack
  }

  it.each(['file/chat', 'file/deep/chat', 'link'])('is told in a sentence, to %s', async (to) => {
    writeFileSync(join(home, 'file'), '');
    symlinkSync(join(home, 'nowhere/chat'), join(home, 'link'));
    await refused(join(home, to));
    expect(readdirSync(home).sort()).toEqual(['file', 'link', 'workflow.ts']);
  });

  it('leaves nothing on a full disk, the folders around it neither', async () => {
    const full = disk();
    if (full === undefined) return;
    try {
      full.fill();
      await refused(join(full.directory, 'new/chat'));
      expect(readdirSync(full.directory)).toEqual(['ballast']);
    } finally {
      full.unmount();
    }
  });

  it('is not one whose folder is a disk of its own', async () => {
    const own = disk();
    if (own === undefined) return;
    try {
      await imported(small(), { args: ['--out', own.directory] });
      const names = readdirSync(own.directory);
      expect(names).toContain('package.json');
      expect(names.filter((name) => name.startsWith('.chatkit'))).toEqual([]);
    } finally {
      own.unmount();
    }
  });
});

describe('the parser', () => {
  it.each([
    ['is missing', undefined, 'which is not installed'],
    ['has nothing to call', {} as typeof ts, 'has no parser API'],
  ])('is asked for by an error with a code where it %s', (_what, found, message) => {
    const asked = { code: 'typescript_missing', message: expect.stringContaining(message) };
    expect(() => loadWith(() => found)).toThrow(expect.objectContaining(asked));
  });

  it('is the one beside this package where the project has none', () => {
    const loaded = loadWith((file) => (file.endsWith('package.json') ? undefined : ts));
    expect(loaded).toBe(ts);
  });
});

it('help tells of the command alone, where it is named', async () => {
  const { stdout } = await run(['import-workflow', '--help']);
  expect(stdout).toMatch(/^Usage: chatkit-controllers import-workflow <file>/);
  expect(stdout).not.toContain('--strict');
});
