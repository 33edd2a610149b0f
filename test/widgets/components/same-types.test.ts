import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const ROOT = join(__dirname, '../../..');
const FIXTURE = join(ROOT, 'test/fixtures/widget-types');
const COMPONENTS = join(ROOT, 'src/widgets/components');

const parsed = new Map<string, ts.SourceFile | undefined>();

/** What the compiler says about the fixture; `changes` are made to files of ours, by their names. */
function problems(changes: Record<string, [before: string, after: string][]> = {}): string {
  const { config } = ts.readConfigFile(join(FIXTURE, 'tsconfig.json'), ts.sys.readFile);
  const { options, fileNames } = ts.parseJsonConfigFileContent(config, ts.sys, FIXTURE);
  options.noErrorTruncation = true;
  const host = ts.createCompilerHost(options);
  const { getSourceFile } = host;
  host.getSourceFile = (path, target) => {
    const change = Object.entries(changes).find(([name]) => path === join(COMPONENTS, name))?.[1];
    if (change !== undefined)
      return ts.createSourceFile(path, changed(ts.sys.readFile(path)!, change), target);
    if (!parsed.has(path)) parsed.set(path, getSourceFile(path, target));
    return parsed.get(path);
  };
  const diagnostics = ts.getPreEmitDiagnostics(ts.createProgram(fileNames, options, host));
  return diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n')).join('\n');
}

function changed(source: string, changes: [before: string, after: string][]): string {
  return changes.reduce((text, [before, after]) => {
    expect(text).toContain(before);
    return text.replace(before, after);
  }, source);
}

describe('our types of widgets', () => {
  it('are equal to the official ones and to those of the reference, but for what the fixtures list', () => {
    expect(problems()).toBe('');
  }, 60_000);

  it('are held to the reference that the conformance tests use', () => {
    const [recorded] = readFileSync(join(FIXTURE, 'reference-types.ts'), 'utf8').split('\n');
    const required = readFileSync(join(ROOT, 'test/conformance/oracle/requirements.txt'), 'utf8');
    const [, version] = /^openai-chatkit==(.*)$/m.exec(required)!;
    expect(recorded).toContain(`openai-chatkit ${version!},`);
  });

  it('are found out where a prop differs, is missing or is one too many', () => {
    const found = problems({
      'content.ts': [
        ['label: string', 'label: number'],
        [" | 'discovery'", ''],
        ["size?: 'sm' | 'md' | 'lg' | undefined", "size: 'sm' | 'md' | 'lg' | undefined"],
        ['pill?: boolean | undefined', 'extra?: boolean | undefined'],
        ['name: WidgetIcon', "name: 'check'"],
        ['background?: Color | undefined;', ''],
      ],
      'fields.ts': [['name: string', 'name?: string']],
    });
    for (const prop of ['label', 'color', 'size', 'pill', 'extra'])
      expect(found).toContain(`"Badge.${prop} differs"`);
    for (const name of ['Input', 'Select', 'RadioGroup']) expect(found).toContain(`"${name}.name differs"`);
    expect(found).toContain('"Icon.name does not take what theirs takes"');
    expect(found).toContain('"Image.background is equal by now"');
    expect(found).not.toContain('Image.src');
  }, 60_000);

  it('are found out where children differ, a component is missing, or what was wider is equal', () => {
    const found = problems({
      'component.ts': [
        ['  | Badge\n', ''],
        ['children: Component[];', 'children: ListViewItem[];'],
      ],
      'chart.ts': [[" | 'basis'", '']],
      'controls.ts': [['  iconEnd?: WidgetIcon', "  iconEnd?: import('@openai/chatkit').Widgets.WidgetIcon"]],
    });
    expect(found).toContain('{ Badge: never; }');
    expect(found).toContain('"Card.children differ: ListViewItem"');
    expect(found).toContain('"Chart.series differs"');
    expect(found).toContain('"Button.iconEnd is equal by now"');
  }, 60_000);
});
