import 'reflect-metadata';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { assistantMessage, widget } from '../../src/events';
import { ChatController, OnAction, OnMessage } from '../../src/decorators';
import type { ChatContext, SyncResult } from '../../src/context';
import { generateId, type IdKind } from '../../src/store';
import { serveChat, threadIdOf } from '../support/chat';
import * as wire from '../support/requests';
import { codeBlocks, ROOT, type CodeBlock } from './code-blocks';
import { runBlock } from './run-block';

/*
 * Each example of the page, and the JSON below it. After a change that is meant, the page is written
 * anew: COOKBOOK=write npx jest test/docs/cookbook && npx prettier --write docs/cookbook.md
 */

const PAGE = 'docs/cookbook.md';
const isWriting = process.env['COOKBOOK'] === 'write';

interface Example {
  handler?: (sender: unknown, ctx: ChatContext) => Iterable<never>;
  reply?: () => Iterable<never>;
  sync?: (payload: unknown, ctx: ChatContext) => SyncResult;
}

function controllerOf({ handler, reply, sync }: Example) {
  @ChatController()
  class Examples {
    @OnMessage()
    *respond() {
      if (reply !== undefined) yield* reply();
      else yield assistantMessage('What else?');
      if (handler !== undefined || sync !== undefined)
        yield widget({ type: 'Card', children: [{ type: 'Text', value: 'Order 7' }] });
    }

    @OnAction('example', { payload: 'unchecked' })
    *act(_: unknown, ctx: ChatContext) {
      if (handler !== undefined) yield* handler(ctx.sender, ctx);
    }

    @OnAction('example', { payload: 'unchecked', sync: true })
    actSync(payload: unknown, ctx: ChatContext) {
      return sync?.(payload, ctx);
    }
  }
  return Examples;
}

/** Ids that count, as `msg_1`. */
function countingIds(): (kind: IdKind) => string {
  const counts = new Map<string, number>();
  return (kind) => {
    const prefix = generateId(kind).split('_')[0]!;
    counts.set(prefix, (counts.get(prefix) ?? 0) + 1);
    return `${prefix}_${String(counts.get(prefix))}`;
  };
}

/** What the client gets of an example. */
async function answerOf(block: CodeBlock): Promise<unknown> {
  const example = runBlock(block, (name) => jest.requireActual(name)) as Example;
  const chat = await serveChat({ controllers: [controllerOf(example)], generateId: countingIds() });
  const created = await chat.post(wire.create());
  if (example.reply !== undefined) return withFixedTimes(created.events);
  const threadId = threadIdOf(created);
  const sender = (created.events.at(-1) as { item: { id: string } }).item.id;
  if (example.sync !== undefined)
    return withFixedTimes((await chat.post(wire.actSync(threadId, sender, 'example'))).json);
  const { events } = await chat.post(wire.act(threadId, sender, 'example'));
  return withFixedTimes(events.filter(({ type }) => type !== 'stream_options'));
}

const withFixedTimes = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value).replace(/"\d{4}-\d\d-\d\dT[\d:.]+Z"/g, '"2026-01-01T12:00:00.000Z"'));

const blocks = codeBlocks(PAGE);
const examples = blocks.flatMap((block, index): [string, CodeBlock, CodeBlock][] => {
  const shown = blocks[index + 1];
  return block.language === 'ts' && shown !== undefined
    ? [[`${PAGE}:${String(block.line)}`, block, shown]]
    : [];
});
const written = new Map<CodeBlock, string>();

it.each(examples)('%s is answered with what stands below it', async (_, block, shown) => {
  const answer = await answerOf(block);
  if (isWriting) written.set(shown, linesOf(answer));
  else expect(answer).toEqual(JSON.parse(shown.code));
});

const linesOf = (answer: unknown): string =>
  Array.isArray(answer)
    ? `[\n${answer.map((event) => JSON.stringify(event)).join(',\n')}\n]`
    : JSON.stringify(answer);

it('has every event helper', () => {
  const helpers = Object.keys(jest.requireActual<object>('../../src/events'));
  const used = examples.map(([, { code }]) => code).join('\n');
  expect(helpers.filter((helper) => !new RegExp(`\\b${helper}\\(`).test(used))).toEqual([]);
  expect(examples.length).toBeGreaterThan(helpers.length);
});

afterAll(() => {
  if (!isWriting) return;
  const lines = readFileSync(join(ROOT, PAGE), 'utf8').split('\n');
  for (const [{ line, code }, text] of [...written].reverse())
    lines.splice(line - 1, code.split('\n').length, ...text.split('\n'));
  writeFileSync(join(ROOT, PAGE), lines.join('\n'));
});
