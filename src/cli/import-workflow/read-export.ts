import { basename, extname } from 'node:path';
import { askUser } from './change/ask-user';
import { Rewriting, type Change } from './change/change';
import { renameOptions } from './change/rename-options';
import { showRuns } from './change/show-runs';
import type { Finding } from './finding';
import { isPackage, leftoversIn } from './leftovers';
import type { TypeScript } from './load-typescript';
import { agentsIn, type FoundAgent } from './read/agents';
import { findEntry, type Entry } from './read/entry';
import { importsOf, moduleOf, OURS } from './read/imports';
import { unshownEnds, type UnshownEnd } from './read/ends';
import { parameterOf, type WorkflowParameter } from './read/input';
import { nodesIn, readSource, type Source } from './read/source';

/** An export, changed to run behind a chat, and the facts found in it. */
export interface ReadExport {
  /** The changed module. */
  readonly text: string;
  readonly isJavaScript: boolean;
  /** The export name of the workflow. */
  readonly exportName: string;
  /** Its title in Agent Builder, or the name of its file. */
  readonly title: string;
  readonly parameter: WorkflowParameter;
  readonly agents: readonly FoundAgent[];
  /** Where it returns objects that are not shown. */
  readonly unshownEnds: readonly UnshownEnd[];
  /** The packages that it imports. */
  readonly packages: readonly string[];
  /** The environment variables that it reads. */
  readonly environment: readonly string[];
  readonly changes: readonly Change[];
  readonly findings: readonly Finding[];
}

export type Reading =
  | { readonly ok: true; readonly read: ReadExport }
  | { readonly ok: false; readonly problems: readonly Finding[] };

/**
 * Reads an export and changes what must be changed to show its runs in the chat.
 *
 * @param name the file's name
 * @param workflow the export that is the workflow; default: `runWorkflow`, or the only one
 */
export function readExport(
  ts: TypeScript,
  name: string,
  text: string,
  workflow: string | undefined,
): Reading {
  if (extname(name) === '.py' || /^from agents import\b/m.test(text)) return refused(isPython());
  if (text.trim() === '') return refused(isEmpty());
  const source = readSource(ts, name, text);
  const fence = /^[ \t]*```/m.exec(text);
  const search = findEntry(source, workflow);
  const isCode = source.errors.length === 0 && 'entry' in search;
  if (!isCode && fence !== null) return refused(isFenced(text, fence.index));
  if (source.errors.length > 0) return { ok: false, problems: source.errors.map(notSyntax) };
  if (!('entry' in search)) return refused(noWorkflow(search.candidates, workflow));
  const { entry } = search;
  const rewriting = new Rewriting(source);
  if (!showRuns(rewriting)) return refused(noRunner());
  askUser(rewriting);
  renameOptions(rewriting);
  if (entry.unexportedAt !== undefined) exportIt(rewriting, entry);
  const agents = agentsIn(source);
  const parameter = parameterOf(source, entry);
  const ends = unshownEnds(source, entry);
  const findings = [
    ...rewriting.findings,
    ...leftoversIn(source),
    ...aboutAgents(agents),
    ...aboutInput(source, entry, parameter),
    ...ends.map(endNotShown),
  ];
  const packages = packagesOf(source);
  return {
    ok: true,
    read: {
      text: rewriting.finish(),
      isJavaScript: source.isJavaScript,
      exportName: entry.exportName,
      title: entry.title ?? basename(name, extname(name)),
      parameter,
      agents,
      unshownEnds: ends,
      packages,
      environment: environmentOf(source),
      changes: rewriting.changes.toSorted((a, b) => a.line - b.line),
      findings: findings.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0)),
    },
  };
}

function refused(problem: Finding): Reading {
  return { ok: false, problems: [problem] };
}

function exportIt({ edits, changes }: Rewriting, { unexportedAt = 0, exportName, line }: Entry): void {
  edits.insert(unexportedAt, 'export ');
  changes.push({ line, what: `${exportName} is exported` });
}

function aboutAgents(agents: readonly FoundAgent[]): Finding[] {
  const unnamed = agents.filter(({ name }) => name === undefined).map(({ line }) => nameMade(line));
  const names = [...new Set(agents.flatMap(({ name }) => name ?? []))];
  const shared = names.flatMap((name) => {
    const [first, ...others] = agents.filter((agent) => agent.name === name);
    return first === undefined || others.length === 0 ? [] : [nameShared(name, first.line, others)];
  });
  return [...unnamed, ...shared];
}

function nameMade(line: number): Finding {
  const message = 'The name of this agent is made at run time: it is not listed in `show`.';
  return {
    code: 'agent_name',
    line,
    message,
    fix: 'Give it a literal name, or make `show` a function.',
  };
}

function nameShared(name: string, line: number, others: readonly FoundAgent[]): Finding {
  const where = others.map((other) => String(other.line)).join(', ');
  const message = `Other agents have the name “${name}” too (line ${where}): users and \`show\` cannot tell them apart by it.`;
  return { code: 'agent_name', line, message, fix: 'Give each its own name, or make `show` a function.' };
}

function aboutInput(source: Source, { node, line }: Entry, parameter: WorkflowParameter): Finding[] {
  const findings: Finding[] = [];
  if (parameter.kind === 'fields') {
    for (const { name, sample, isMessage } of parameter.fields) {
      if (isMessage) continue;
      const message = `The workflow takes “${name}” besides the message: src/chat.ts passes ${sample}.`;
      findings.push({
        code: 'input_variable',
        line: parameter.line,
        message,
        fix: 'Set it in `input`, in src/chat.ts.',
      });
    }
  }
  if (node.parameters.length > 1) {
    const message = 'The workflow takes more than one parameter, and is called with one.';
    const fix = 'Pass runWorkflow() a function with one parameter, in src/chat.ts.';
    findings.push({
      code: 'input_variable',
      line: source.lineOf(node.parameters[1] ?? node) || line,
      message,
      fix,
    });
  }
  return findings;
}

/** The packages that it imports, without Node's modules and files. */
function packagesOf(source: Source): string[] {
  const { ts } = source;
  const packages = importsOf(source)
    .filter(
      ({ importClause }) =>
        importClause === undefined || !ts.isTypeOnlyImportOrExportDeclaration(importClause),
    )
    .map(moduleOf)
    .filter((module) => isPackage(module) && module !== OURS)
    .map((module) =>
      module
        .split('/')
        .slice(0, module.startsWith('@') ? 2 : 1)
        .join('/'),
    );
  return [...new Set(packages)];
}

/** Finds `process.env.NAME` and `process.env['NAME']`. */
function environmentOf({ ts, file }: Source): string[] {
  const names = Array.from(nodesIn(file)).flatMap((node) => {
    const isMember = ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node);
    if (!isMember || node.expression.getText() !== 'process.env') return [];
    if (ts.isPropertyAccessExpression(node)) return [node.name.text];
    return ts.isStringLiteralLike(node.argumentExpression) ? [node.argumentExpression.text] : [];
  });
  return [...new Set(names)];
}

const notSyntax = ({ line, message }: { line: number; message: string }): Finding => ({
  code: 'export_not_parsed',
  line,
  message,
  fix: 'Fix the file, or export it again.',
});

const isEmpty = (): Finding => ({
  code: 'export_not_parsed',
  line: undefined,
  message: 'The file is empty.',
  fix: 'Save the text of “Code”, “Agents SDK”, TypeScript in it.',
});

const isFenced = (text: string, at: number): Finding => ({
  code: 'export_not_parsed',
  line: text.slice(0, at).split('\n').length,
  message: 'This line is Markdown, not code.',
  fix: 'Remove the lines that begin with ```.',
});

const endNotShown = ({ line, fields }: UnshownEnd): Finding => ({
  code: 'end_not_shown',
  line,
  message: `The workflow returns { ${fields.join(', ')} } here, and nothing of it is shown: it has no \`message\` or \`output_text\`.`,
  fix: 'Let `answer`, in src/chat.ts, return the text to show.',
});

const isPython = (): Finding => ({
  code: 'export_not_parsed',
  line: undefined,
  message: 'This is the export in Python.',
  fix: 'Choose TypeScript under “Code”, “Agents SDK”.',
});

const noRunner = (): Finding => ({
  code: 'export_without_runner',
  line: undefined,
  message: "It does not import Runner from '@openai/agents', with which exported workflows run their agents.",
  fix: "Export the workflow under “Code”, “Agents SDK”; or run its agents with a Runner that is imported from '@openai/agents'.",
});

function noWorkflow(candidates: readonly string[], wanted: string | undefined): Finding {
  const named = wanted === undefined ? 'no function runWorkflow' : `no function “${wanted}”`;
  const others = candidates.length === 0 ? '' : `, but ${candidates.join(', ')}`;
  return {
    code: 'export_without_workflow',
    line: undefined,
    message: `It exports ${named}${others}.`,
    fix:
      candidates.length === 0
        ? 'Write `export` before the function that is the workflow, or check that the whole text was saved.'
        : 'Name the workflow function with --workflow <name>.',
  };
}
