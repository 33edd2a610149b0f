import type * as TS from 'typescript';
import type { Finding } from '../finding';
import { usesOf, type Source } from '../read/source';
import type { Rewriting } from './change';

const NAME = 'approvalRequest';

type Declaration = TS.VariableDeclaration | TS.FunctionDeclaration;

/** Replaces the export's `approvalRequest` stub with the function of this package, and awaits its calls. */
export function askUser(rewriting: Rewriting): void {
  const { source, edits } = rewriting;
  const declared = declarationIn(source);
  if (declared === undefined) return;
  const line = source.lineOf(declared);
  if (!isUnfinished(source, declared)) {
    rewriting.findings.push({
      code: 'own_approval',
      line,
      message: `${NAME}() is implemented: it was left as it is, and does not ask in the chat.`,
      fix: `Delete it, import ${NAME} from 'chatkit-controllers/agents', and await it.`,
    });
    return;
  }
  const statement = statementOf(source, declared);
  const [start, end] = withComments(source, statement);
  edits.replace(start, end, '');
  rewriting.import(NAME, NAME);
  rewriting.changes.push({ line, what: `${NAME}() is the one of chatkit-controllers` });
  for (const use of usesOf(source, declared.name as TS.Identifier)) awaitCall(rewriting, use);
}

function declarationIn({ ts, file }: Source): Declaration | undefined {
  for (const statement of file.statements) {
    if (ts.isFunctionDeclaration(statement) && statement.name?.text === NAME) return statement;
    if (!ts.isVariableStatement(statement)) continue;
    const { declarations } = statement.declarationList;
    const found = declarations.find(({ name }) => ts.isIdentifier(name) && name.text === NAME);
    if (found !== undefined && declarations.length === 1) return found;
  }
  return undefined;
}

/** Whether it is a stub as Agent Builder exports it, which returns a constant or throws. */
function isUnfinished({ ts }: Source, declared: Declaration): boolean {
  const made = ts.isVariableDeclaration(declared) ? declared.initializer : declared;
  if (made === undefined) return true;
  if (!ts.isArrowFunction(made) && !ts.isFunctionExpression(made) && !ts.isFunctionDeclaration(made)) {
    return false;
  }
  const { body } = made;
  if (body === undefined) return true;
  if (!ts.isBlock(body)) return isConstant(ts, body);
  return body.statements.every(
    (statement) =>
      ts.isThrowStatement(statement) ||
      (ts.isReturnStatement(statement) && isConstant(ts, statement.expression)),
  );
}

function isConstant(ts: Source['ts'], node: TS.Expression | undefined): boolean {
  const { TrueKeyword, FalseKeyword } = ts.SyntaxKind;
  return node === undefined || node.kind === TrueKeyword || node.kind === FalseKeyword;
}

function statementOf({ ts }: Source, declared: Declaration): TS.Node {
  return ts.isVariableDeclaration(declared) ? declared.parent.parent : declared;
}

/** The range of a statement with the comments directly above it and the line breaks after it. */
function withComments({ ts, text }: Source, statement: TS.Node): [start: number, end: number] {
  let start = statement.getStart();
  const comments = ts.getLeadingCommentRanges(text, statement.getFullStart()) ?? [];
  for (const { pos, end } of comments.toReversed()) {
    const between = text.slice(end, start);
    if (between.split('\n').length > 2) break;
    start = pos;
  }
  const newline = /^[ \t]*(\r?\n){0,2}/.exec(text.slice(statement.getEnd()))?.[0] ?? '';
  return [start, statement.getEnd() + newline.length];
}

function awaitCall(rewriting: Rewriting, use: TS.Identifier): void {
  const { source, edits } = rewriting;
  const { ts } = source;
  const call = use.parent;
  const line = source.lineOf(use);
  if (!ts.isCallExpression(call) || call.expression !== use) {
    rewriting.findings.push(notCalled(line));
    return;
  }
  if (ts.isAwaitExpression(call.parent)) return;
  const around = functionAround(source, call);
  if (around !== undefined && !isAsync(source, around)) {
    rewriting.findings.push(notAsync(line));
    return;
  }
  const isOfCall = ts.isPropertyAccessExpression(call.parent) || ts.isElementAccessExpression(call.parent);
  edits.insert(call.getStart(), isOfCall ? '(await ' : 'await ');
  if (isOfCall) edits.insert(call.getEnd(), ')');
  rewriting.changes.push({ line, what: `${NAME}() is awaited` });
}

function functionAround({ ts }: Source, node: TS.Node): TS.Node | undefined {
  let around: TS.Node | undefined = node.parent;
  while ((around as TS.Node | undefined) !== undefined && !ts.isFunctionLike(around)) around = around.parent;
  return around;
}

function isAsync({ ts }: Source, node: TS.Node): boolean {
  const modifiers = ts.canHaveModifiers(node) ? ts.getModifiers(node) : undefined;
  return modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword) ?? false;
}

function notCalled(line: number): Finding {
  return {
    code: 'approval_not_called',
    line,
    message: `${NAME} is passed on here; it must be awaited where it is called.`,
    fix: 'Write `await` where it is called.',
  };
}

function notAsync(line: number): Finding {
  return {
    code: 'approval_not_awaited',
    line,
    message: `${NAME}() is called in a function that is not async, where it cannot be awaited.`,
    fix: `Make the function async, and await both: what it returns, and ${NAME}().`,
  };
}
