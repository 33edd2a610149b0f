import type * as TS from 'typescript';
import { fromSdk, isOfSdk, sdkNamespace } from '../read/imports';
import { freeName, nodesIn, usesOf, type Source } from '../read/source';
import type { Rewriting } from './change';

/** Changes the two lines that show the export's runs in the chat. Returns `false` if it has no `Runner`. */
export function showRuns(rewriting: Rewriting): boolean {
  if (rewriting.has('chatRunner')) return true; // it has been changed before
  return changeNamed(rewriting) || changeNamespace(rewriting);
}

/** `import { Runner } from '@openai/agents'`. */
function changeNamed(rewriting: Rewriting): boolean {
  const { source, edits } = rewriting;
  const runner = fromSdk(source, 'Runner');
  if (runner === undefined) return false;
  const { local, specifier } = runner;
  const sdkRunner = freeName(source, 'SdkRunner');
  edits.replace(specifier.getStart(), specifier.getEnd(), `Runner as ${sdkRunner}`);
  rewriting.changes.push({ line: source.lineOf(specifier), what: `Runner is imported as ${sdkRunner}` });
  declareRunner(rewriting, local.text, sdkRunner);
  const isType = usesOf(source, local).some((use) => source.ts.isTypeReferenceNode(use.parent));
  if (isType && !source.isJavaScript) rewriting.declare(`type ${local.text} = ${sdkRunner};`);
  return true;
}

/** `new sdk.Runner(…)`. */
function changeNamespace(rewriting: Rewriting): boolean {
  const { source, edits } = rewriting;
  const whole = sdkNamespace(source);
  if (whole === undefined) return false;
  const uses = runnersOf(source);
  if (uses.length === 0) return false;
  const local = freeName(source, 'ChatRunner');
  for (const use of uses) {
    edits.replace(use.getStart(), use.getEnd(), local);
    rewriting.changes.push({ line: source.lineOf(use), what: `${use.getText()} is ${local}` });
  }
  declareRunner(rewriting, local, `${whole.text}.Runner`);
  return true;
}

function runnersOf(source: Source): TS.Expression[] {
  const { ts } = source;
  return Array.from(nodesIn(source.file)).filter(
    (node): node is TS.PropertyAccessExpression =>
      ts.isPropertyAccessExpression(node) && isOfSdk(source, node, 'Runner'),
  );
}

function declareRunner(rewriting: Rewriting, local: string, of: string): void {
  const chatRunner = freeName(rewriting.source, 'chatRunner');
  rewriting.import('chatRunner', chatRunner);
  rewriting.declare(`const ${local} = ${chatRunner}(${of});`);
}
