import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import ts from 'typescript';
import * as agents from '../../src/agents';
import { DEFAULTS } from '../../src/app/options';
import { DEFAULT_LIMITS } from '../../src/protocol';
import { PatternTable } from '../../src/routing/pattern-table';
import { ROOT } from './code-blocks';

/*
 * What the pages list is held against the code it is about.
 */

const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');
const quoted = (text: string): string[] => Array.from(text.matchAll(/`([^`]+)`/g), ([, word = '']) => word);

/** The rows of the table whose head begins with this cell, as cells. */
function table(page: string, head: string): string[][] {
  const lines = read(page).split('\n');
  const start = lines.findIndex((line) => cellsOf(line)[0] === head);
  if (start === -1) throw new Error(`${page} has no table with the column "${head}".`);
  const end = lines.findIndex((line, index) => index > start && !line.startsWith('|'));
  return lines.slice(start + 2, end).map(cellsOf);
}

const cellsOf = (line: string): string[] =>
  line
    .split(/(?<!\\)\|/)
    .slice(1, -1)
    .map((cell) => cell.trim());

describe('the table of options', () => {
  const rows = table('docs/options.md', 'Option');

  it('has all options there are', () => {
    const file = join(ROOT, 'src/app/options.ts');
    const source = ts.createSourceFile(file, read('src/app/options.ts'), ts.ScriptTarget.Latest);
    const options = source.statements.find(
      (node) => ts.isInterfaceDeclaration(node) && node.name.text === 'ChatKitOptions',
    ) as ts.InterfaceDeclaration;
    const names = options.members.map(({ name }) => (name as ts.Identifier).text);
    expect(rows.flatMap(([name = '']) => quoted(name)).sort()).toEqual(names.sort());
  });

  it.each(Object.entries(DEFAULTS))('has the default of %s, %d', (name, value) => {
    const row = rows.find((cells) => quoted(`${cells[0]!}${cells[1]!}`).includes(name));
    const written = value % 2 ** 20 === 0 ? `${String(value / 2 ** 20)} MiB` : value.toLocaleString('en');
    expect(row?.[2]).toContain(written);
  });

  it('has the default of each limit', () => {
    const [, what = '', defaults = ''] = rows.find(([name]) => name === '`limits`')!;
    const numbers = defaults
      .split(/, (?=\d)/)
      .map((number) => (number === '10⁶' ? 1_000_000 : Number(number.replaceAll(',', ''))));
    expect(Object.fromEntries(quoted(what).map((name, index) => [name, numbers[index]]))).toEqual(
      DEFAULT_LIMITS,
    );
  });
});

describe('the lists of layers', () => {
  const [, list = ''] = /const LAYERS = \[([^]*?)\];/.exec(read('eslint.config.mjs'))!;
  const layers = Array.from(list.matchAll(/'(\w+)',/g), ([, layer = '']) => layer);
  const there = layers.filter((layer) => existsSync(join(ROOT, 'src', layer)));

  it('name every folder of src', () => {
    const folders = readdirSync(join(ROOT, 'src'), { withFileTypes: true }).filter((entry) =>
      entry.isDirectory(),
    );
    expect(folders.map(({ name }) => name).sort()).toEqual(there.toSorted());
  });

  it('are the same for lint, for contributors and for readers', () => {
    const [, contributing = ''] = /list of folders, top to bottom: `([\w ]+)`/.exec(read('CONTRIBUTING.md'))!;
    expect(contributing.split(' ')).toEqual(layers);
    const described = table('docs/architecture.md', 'Folder').flatMap(([name = '']) => quoted(name));
    expect(described).toEqual(['index.ts', ...there]);
  });
});

it("CONTRIBUTING's commands are scripts of the package", () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
  const commands = table('CONTRIBUTING.md', 'command').flatMap(([command = '']) => quoted(command));
  for (const command of commands) {
    const [, script] = /^npm (?:run )?(\S+)$/.exec(command) ?? [];
    if (script === undefined) expect(existsSync(join(ROOT, command))).toBe(true);
    else expect(scripts).toHaveProperty([script]);
  }
});

describe('the pages of errors', () => {
  const sources = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.startsWith('client'))
    .map((name) => read(join('src', name)))
    .join('\n');
  it.each([
    ['docs/errors.md', 'HTTP', 1],
    ['docs/attachments.md', 'HTTP', 1],
    ['docs/signed-actions.md', 'Code', 0],
    ['docs/checks.md', 'Code', 0],
    ['docs/templates.md', '`code`', 0],
  ] as const)('%s names codes that there are (%s)', (page, head, column) => {
    const codes = table(page, head).flatMap((cells) => quoted(cells[column]!));
    expect(codes.length).toBeGreaterThan(3);
    expect(codes.filter((code) => !sources.includes(`'${code}'`))).toEqual([]);
  });
});

it('an action that ends with a suffix in Python is matched by the pattern that stands beside it', () => {
  const row = /`action\.type\.endswith\("(.+?)"\)`\s*\| `@OnAction\('(.+?)'\)/.exec(
    read('docs/from-python.md'),
  );
  const [, suffix = '', pattern = ''] = row ?? [];
  const patterns = new PatternTable();
  patterns.add(pattern, {});
  const segment = fc.constantFrom('item', 'a', 'select', 'selected', 'x-select');
  fc.assert(
    fc.property(fc.array(segment, { minLength: 1, maxLength: 5 }), (segments) => {
      const name = segments.join('.');
      expect([name, patterns.find(name) !== undefined]).toEqual([name, name.endsWith(suffix)]);
    }),
  );
});

describe("the architecture's excerpts of the pipeline", () => {
  it.each(['const handled', '  yield new Gated'])('are what the code says: %s', (start) => {
    const [, excerpt = ''] = new RegExp(`\`\`\`text\\n(${start}[^\`]*)\`\`\``).exec(
      read('docs/architecture.md'),
    )!;
    const linesOf = (text: string): string => text.replace(/^ +/gm, '');
    expect(linesOf(read('src/pipeline/run.ts'))).toContain(linesOf(excerpt));
  });
});

describe("from-python's tables of agents", () => {
  const camel = (name: string): string =>
    name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  /** The public methods of the classes of `chatkit.agents`, openai-chatkit 1.6.5. */
  const METHODS = {
    AgentContext:
      'generate_id stream_widget end_workflow start_workflow update_workflow_task add_workflow_task stream client_tool_call',
    ResponseStreamConverter:
      'base64_image_to_url partial_image_index_to_progress file_citation_to_annotation container_file_citation_to_annotation url_citation_to_annotation',
    ThreadItemConverter:
      'attachment_to_message_content tag_to_message_content generated_image_to_input hidden_context_to_input sdk_hidden_context_to_input task_to_input structured_input_to_input workflow_to_input widget_to_input user_message_to_input assistant_message_to_input client_tool_call_to_input end_of_turn_to_input to_agent_input',
  };
  const FUNCTIONS = ['stream_agent_response', 'accumulate_text', 'simple_to_agent_input'];
  const FIELDS = 'thread store request_context previous_response_id workflow_item generated_image_item'.split(
    ' ',
  );
  const [, section = ''] = read('docs/from-python.md').split('\n## Agents\n');
  const rows = section.split('\n## ')[0]!.split('\n').map(cellsOf);
  const rowOf = (name: string) => rows.find(([python = '']) => new RegExp(`\\b${name}\\b`).test(python));

  const methods = Object.entries(METHODS).flatMap(([type, names]) =>
    names.split(' ').map((name): [string, keyof typeof METHODS] => [name, type as keyof typeof METHODS]),
  );
  it.each(methods)('say what takes the place of %s, and it is there', (name, type) => {
    expect(rowOf(name)?.[1]).toContain(camel(name));
    expect(agents[type].prototype).toHaveProperty(camel(name));
  });

  it.each([...FUNCTIONS, ...FIELDS])('say what takes the place of %s', (name) => {
    expect(rowOf(name)?.[1]).not.toBe('');
    expect(rowOf(name)).toBeDefined();
  });
});
