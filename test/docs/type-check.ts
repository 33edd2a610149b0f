import { join } from 'node:path';
import ts from 'typescript';
import { ROOT, type CodeBlock } from './code-blocks';

/** What of ChatKit's front end the pages use; the package itself is for browsers. */
const FRONT_END = `
declare module '@openai/chatkit-react' {
  type Effect = { name: string; data?: Record<string, unknown> };
  type Api = { url: string; domainKey: string; fetch?: typeof fetch };
  type Control = { readonly control: unique symbol };
  export function useChatKit(options: { api: Api; onEffect?: (effect: Effect) => void }): { control: Control };
  type Style = { width?: number; height?: number };
  export function ChatKit(props: { control: Control; className?: string; style?: Style }): JSX.Element;
}
declare namespace JSX {
  interface Element { readonly element: true }
}
`;

/**
 * Type-checks all blocks under the package's own compiler settings: as files of one program, but for
 * the pages that declare something of the package, which holds for a whole program.
 *
 * @returns what is wrong, each as `docs/events.md:12: message`
 */
export function typeCheck(blocks: readonly CodeBlock[]): string[] {
  const augmenting = new Set(
    blocks.filter(({ code }) => code.includes('declare module')).map(({ page }) => page),
  );
  const programs = [...augmenting].map((page) => blocks.filter((block) => block.page === page));
  programs.push(blocks.filter(({ page }) => !augmenting.has(page)));
  return programs.flatMap(checkProgram);
}

function checkProgram(blocks: readonly CodeBlock[]): string[] {
  const files = new Map([[join(ROOT, 'test/docs/front-end.d.ts'), FRONT_END]]);
  for (const [index, block] of blocks.entries()) {
    const name = block.file ?? `block-${String(index)}.${block.language}`;
    const path = join(ROOT, 'test/docs', block.page.replace(/\W/g, '-'), name);
    const before = files.get(path) ?? '';
    // A block stands on its page's lines, so that messages name them.
    const padding = '\n'.repeat(block.line - 1 - before.split('\n').length + 1);
    files.set(path, before + padding + block.code);
  }
  const pageOf = new Map(blocks.map(({ page }) => [page.replace(/\W/g, '-'), page]));

  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, ROOT);
  // What an example declares it need not use.
  Object.assign(options, { noUnusedLocals: false, noUnusedParameters: false, noEmit: true });
  options.jsx = ts.JsxEmit.Preserve;

  const host = ts.createCompilerHost(options);
  const { fileExists, readFile } = host;
  host.fileExists = (path) => files.has(path) || fileExists(path);
  host.readFile = (path) => files.get(path) ?? readFile(path);
  host.directoryExists = undefined as never; // the folders of pages are not on the disk
  const program = ts.createProgram([...files.keys()], options, host);
  return [...files.keys()].flatMap((path) => {
    const source = program.getSourceFile(path);
    if (source === undefined) return [`${path} was not compiled`];
    const problems = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
    return problems.map(({ start, messageText }) => {
      const { line } = source.getLineAndCharacterOfPosition(start ?? 0);
      const page = pageOf.get(path.split('/').at(-2)!) ?? path;
      return `${page}:${String(line + 1)}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`;
    });
  });
}

/** What is wrong with the syntax of a script, in words. */
export function syntaxProblems(script: string): string[] {
  const { diagnostics = [] } = ts.transpileModule(script, {
    reportDiagnostics: true,
    fileName: 'script.js',
    compilerOptions: { allowJs: true },
  });
  return diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}
