import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';
import * as errors from '../../src/errors';

/*
 * The message of a ChatError leaves the server, that of a DeveloperError does not. Every text of ours
 * is found in the source, so that a new one cannot be forgotten here.
 */

const SRC = join(__dirname, '..', '..', 'src');

/** Words of the application's code: no user has a use for them. */
const WORDS_OF_CODE =
  /@On|@Use|\bctx\b|handler|interceptor|controller|middleware|\byield|thread_id\b|\w\(\)|express|\boptions?\b|keys:|generateId|\bstores?\b|\bversions?\b|\bawait|\bemit|\bsender\b|\bthe id\b/i;

/** Messages that are put together elsewhere, and how it is known that they are for users. */
const PUT_TOGETHER: Readonly<Record<string, string>> = {
  'client/errors.ts': 'errors of the client, which is no part of the server',
  'errors/chat-error.ts': 'the classes themselves',
  'execution/action-origin.ts': 'refusal(): its texts are below',
  'execution/payload-limits.ts': 'issues of a payload, for the user who filled in the form',
  'execution/payload.ts': 'issues of a payload',
  'execution/payload-class.ts': 'issues of a payload',
  'checks/widgets/findings.ts': 'shown at startup, and not thrown',
  'transport/answer-not-found.ts': 'serveNotFound(): its texts are below',
};

interface Site {
  file: string;
  line: number;
  name: string;
  /** The literal parts of the message; undefined where it is put together elsewhere. */
  text: string | undefined;
}

function* sources(directory: string): Generator<string> {
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) yield* sources(path);
    else if (path.endsWith('.ts')) yield path;
  }
}

const files = [...sources(SRC)].map((path) =>
  ts.createSourceFile(relative(SRC, path), readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true),
);

function* nodes(node: ts.Node): Generator<ts.Node> {
  yield node;
  for (const child of node.getChildren()) yield* nodes(child);
}

/** The literal parts of a text; undefined where it has none. */
function literal(node: ts.Expression | undefined): string | undefined {
  if (node === undefined) return undefined;
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isTemplateExpression(node)) {
    return [node.head.text, ...node.templateSpans.map((span) => span.literal.text)].join('…');
  }
  if (ts.isBinaryExpression(node)) return [literal(node.left), literal(node.right)].join('');
  return undefined;
}

/** Every class that is, or descends from, a class of this name. */
function family(base: string): Set<string> {
  const names = new Set([base]);
  for (let before = 0; before < names.size;) {
    before = names.size;
    for (const node of files.flatMap((file) => [...nodes(file)])) {
      if (!ts.isClassDeclaration(node) || node.name === undefined) continue;
      const parents = (node.heritageClauses ?? []).flatMap(({ types }) =>
        types.map((type) => type.getText()),
      );
      if (parents.some((parent) => names.has(parent))) names.add(node.name.text);
    }
  }
  return names;
}

function made(classes: ReadonlySet<string>, argument: number): Site[] {
  return files.flatMap((file) =>
    [...nodes(file)].filter(ts.isNewExpression).flatMap((node) => {
      const name = node.expression.getText();
      if (!classes.has(name)) return [];
      const { line } = file.getLineAndCharacterOfPosition(node.getStart());
      return [{ file: file.fileName, line: line + 1, name, text: literal(node.arguments?.[argument]) }];
    }),
  );
}

/** The arguments of each call of a function. */
function calls(name: string, where = files): ts.Expression[][] {
  return where
    .flatMap((file) => [...nodes(file)].filter(ts.isCallExpression))
    .filter((call) => call.expression.getText().split('.').at(-1) === name)
    .map((call) => [...call.arguments]);
}

const forUsers = made(family('ChatError'), 0);

test('the errors of ours are found', () => {
  expect(family('ChatError').size).toBeGreaterThan(10);
  expect(forUsers.length).toBeGreaterThan(50);
  expect(made(new Set(['DeveloperError']), 1).length).toBeGreaterThan(5);
  expect('handler ctx.emit() store').toMatch(WORDS_OF_CODE);
});

test('no error made for users speaks of the code of the application', () => {
  expect(forUsers.filter(({ text }) => text !== undefined && WORDS_OF_CODE.test(text))).toEqual([]);
});

test('a message that is put together elsewhere has been looked at', () => {
  const unknown = forUsers.filter(
    ({ file, text, name }) =>
      text === undefined && PUT_TOGETHER[file] === undefined && !hasMessageOfItsOwn(name),
  );
  expect(unknown).toEqual([]);
});

test('neither do the messages that errors have of themselves', () => {
  const own = [
    new errors.ForbiddenError(),
    new errors.UnauthorizedError(),
    new errors.StreamError(),
    new errors.InvalidPayloadError([{ path: 'a', message: 'must be b' }]),
  ];
  for (const { message } of own) expect(message).not.toMatch(WORDS_OF_CODE);
});

test('nor the refusals of actions', () => {
  const origin = files.find(({ fileName }) => fileName === 'execution/action-origin.ts')!;
  const refusals = calls('refusal', [origin]).map((args) => literal(args[2]));
  expect(refusals).toHaveLength(4);
  for (const text of refusals) expect(text).not.toMatch(WORDS_OF_CODE);
});

test('nor what is said of a path where nothing is', () => {
  const texts = calls('serveNotFound').map(([message]) => literal(message));
  expect(texts.length).toBeGreaterThan(0);
  for (const text of texts) expect(text ?? '@OnNothing').not.toMatch(WORDS_OF_CODE);
});

/** Whether a class can be made without a message. */
function hasMessageOfItsOwn(name: string): boolean {
  return ['ForbiddenError', 'UnauthorizedError', 'MethodNotAllowedError', 'StreamError'].includes(name);
}
