import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const SRC = join(__dirname, '../../src');

/** The findings of the import are no errors, and have a page of their own. */
const ELSEWHERE = /^cli\/import-workflow\/(?!load-typescript)/;

/** Functions that take a code as their first or second argument. */
const TAKING_CODES = /^(problem|refusal|refuse|unavailable|super)$/;

const CODE = /^[a-z]+(?:_[a-z]+)+$/;

/** Codes of a single word, which no pattern tells from other texts. */
const SINGLE = ['forbidden', 'unauthorized', 'conflict', 'unavailable', 'custom'];

/** The codes of all errors and startup problems in the source: as `code: '…'`, in `new …Error(…)` and the like. */
export function codesInSource(): Set<string> {
  const found = files()
    .filter((name) => !ELSEWHERE.test(name))
    .flatMap((name) => [...codesIn(name)]);
  return new Set([...found, ...SINGLE]);
}

function files(): string[] {
  return readdirSync(SRC, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => name.endsWith('.ts'));
}

function parsed(name: string): ts.SourceFile {
  return ts.createSourceFile(name, readFileSync(join(SRC, name), 'utf8'), ts.ScriptTarget.Latest, true);
}

/** The classes of errors whose objects have no code. */
export function errorsWithoutCode(): string[] {
  const classes = files().flatMap((name) => parsed(name).statements.filter(ts.isClassDeclaration));
  const isCoded = (node: ts.ClassDeclaration): boolean => {
    const parent = node.heritageClauses?.[0]?.types[0]?.expression.getText();
    return declaresCode(node) || classes.some((each) => each.name?.text === parent && isCoded(each));
  };
  const isError = (node: ts.ClassDeclaration): boolean =>
    /extends \w*Error\b/.test(node.heritageClauses?.[0]?.getText() ?? '');
  return classes.filter((node) => isError(node) && !isCoded(node)).map(({ name }) => name?.text ?? '');
}

/** As a property, or as a parameter of the constructor that is one. */
function declaresCode(node: ts.ClassDeclaration): boolean {
  return node.members.some((member) =>
    ts.isConstructorDeclaration(member)
      ? member.parameters.some(
          (parameter) => parameter.name.getText() === 'code' && parameter.modifiers !== undefined,
        )
      : member.name?.getText() === 'code',
  );
}

function* codesIn(name: string): Generator<string> {
  const file = parsed(name);
  const queue: ts.Node[] = [file];
  for (const node of queue) {
    queue.push(...node.getChildren(file));
    for (const value of placesOf(node)) yield* literals(value);
  }
}

/** The expressions that may be a code. */
function placesOf(node: ts.Node): readonly (ts.Node | undefined)[] {
  if (ts.isPropertyAssignment(node) && node.name.getText() === 'code') return [node.initializer];
  if (ts.isVariableDeclaration(node) && node.name.getText() === 'code') return [node.initializer];
  if (ts.isPropertyDeclaration(node) && node.name.getText() === 'code') return [node.initializer];
  if (ts.isNewExpression(node) && node.expression.getText().endsWith('Error')) return node.arguments ?? [];
  if (ts.isCallExpression(node) && TAKING_CODES.test(node.expression.getText())) return node.arguments;
  return [];
}

function* literals(node: ts.Node | undefined): Generator<string> {
  if (node === undefined) return;
  if (ts.isStringLiteralLike(node)) {
    if (CODE.test(node.text)) yield node.text;
  } else if (ts.isConditionalExpression(node)) {
    yield* literals(node.whenTrue);
    yield* literals(node.whenFalse);
  } else if (ts.isTemplateExpression(node) && node.head.text === 'invalid_') {
    yield* ['invalid_guard', 'invalid_interceptor', 'invalid_filter']; // of the three lists of enhancers
  }
}
