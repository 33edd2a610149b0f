import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { ROOT } from './code-blocks';

/** A line that the package logs. */
export interface LogLine {
  level: string;
  /** As the table has it: what is known only when it is logged is `…`, and a long one is cut. */
  message: string;
  fields: string[];
}

const LOGGER = /(?:^|\.)(?:log|logger)$/;
const LEVEL = /^(?:debug|info|warn|error)$/;

/** Functions that log what they are given: their level, where the message is, and their own fields. */
const HELPERS = new Map<string, { level: string; message: number; fields: string[] }>([
  ['logFailure', { level: 'error', message: 2, fields: ['err'] }],
  ['logHandlerFailure', { level: 'error', message: 2, fields: ['err'] }],
  ['withinGrace', { level: 'warn', message: 1, fields: ['graceMs'] }],
]);

/** Where the message comes from elsewhere: the helpers above, the list of handlers, a `DeveloperError`. */
const ELSEWHERE = ['complaint', 'message', 'startupLine(definitions)', 'error.message'];

const LONGEST = 90;

/** Every line that is logged somewhere in `src`, by message and level. */
export function logLines(): LogLine[] {
  const lines = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .flatMap((name) => linesIn(name, readFileSync(join(ROOT, 'src', name), 'utf8')));
  const unique = new Map(lines.map((line) => [JSON.stringify(line), line]));
  return [...unique.values()].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

const key = ({ message, level }: LogLine): string => `${message.toLowerCase()} ${level}`;

/** @throws Error for a line whose message cannot be read */
export function linesIn(name: string, text: string): LogLine[] {
  const source = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true);
  const lines: LogLine[] = [];
  const add = (level: string, message: ts.Node | undefined, fields: string[]): void => {
    for (const each of messagesOf(message))
      lines.push({ level, message: shown(each), fields: fields.sort() });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) {
      const { expression: called, arguments: args } = node;
      if (ts.isPropertyAccessExpression(called) && LEVEL.test(called.name.text)) {
        if (LOGGER.test(called.expression.getText())) add(called.name.text, args[1], fieldsOf(args[0]));
      }
      const helper = HELPERS.get(ts.isPropertyAccessExpression(called) ? called.name.text : called.getText());
      if (helper !== undefined) {
        add(helper.level, args[helper.message], [...helper.fields, ...fieldsOf(args[helper.message + 1])]);
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return lines;
}

function messagesOf(node: ts.Node | undefined): string[] {
  if (node === undefined) throw new Error('A line is logged without a message.');
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isConditionalExpression(node)) return [...messagesOf(node.whenTrue), ...messagesOf(node.whenFalse)];
  if (ts.isBinaryExpression(node)) return [messagesOf(node.left).join('') + messagesOf(node.right).join('')];
  if (ts.isTemplateExpression(node)) {
    return [node.head.text + node.templateSpans.map(({ literal }) => `…${literal.text}`).join('')];
  }
  if (ELSEWHERE.includes(node.getText())) return [];
  throw new Error(`The message of a line cannot be read: ${node.getText()}`);
}

/** The names in a literal; those that are there at times alone, too. */
function fieldsOf(node: ts.Node | undefined): string[] {
  if (node === undefined) return [];
  const names: string[] = [];
  const visit = (each: ts.Node): void => {
    if (ts.isObjectLiteralExpression(each)) {
      for (const property of each.properties) {
        if (property.name !== undefined) names.push(property.name.getText());
        else visit((property as ts.SpreadAssignment).expression);
      }
    } else if (ts.isConditionalExpression(each)) ts.forEachChild(each, visit);
    else if (ts.isParenthesizedExpression(each)) visit(each.expression);
  };
  visit(node);
  return names;
}

function shown(message: string): string {
  const [line = ''] = message.replaceAll('`', '').split('\n');
  return line.length > LONGEST ? `${line.slice(0, LONGEST).trimEnd()}…` : line;
}

/** A line as the table has it. */
export function rowOf({ level, message, fields }: LogLine): string[] {
  return [message, level, fields.map((field) => `\`${field}\``).join(', ')];
}
