import 'reflect-metadata';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseRequest } from '../../src/protocol';
import { codeBlocks, PAGES, ROOT } from './code-blocks';
import { runBlock } from './run-block';

/** What a reader does who opens the pages for the first time. */

const curls = PAGES.flatMap(codeBlocks).flatMap(({ page, line, code }) =>
  Array.from(code.matchAll(/-d '([^']+)'/g), ([, body = '']): [string, string] => [
    `${page}:${String(line)}`,
    body,
  ]),
);

it.each(curls)('%s sends a request of the protocol by curl', (_, body) => {
  expect(parseRequest(JSON.parse(body)).type).toMatch(/^threads\./);
});

it('has curl say hello and press a button, in the guide', () => {
  const pages = curls.map(
    ([place, body]) => `${place.split(':')[0]!} ${parseRequest(JSON.parse(body)).type}`,
  );
  const page = 'docs/getting-started.md';
  expect(pages).toEqual(expect.arrayContaining([`${page} threads.create`, `${page} threads.custom_action`]));
});

it("the guide's table of symptoms quotes what the package really says", () => {
  const guide = readFileSync(join(ROOT, 'docs/getting-started.md'), 'utf8');
  const symptoms = guide.slice(guide.indexOf('## When it does not work'), guide.indexOf('## Users'));
  const source = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(ROOT, 'src', name), 'utf8'))
    .join('\n');
  for (const text of [
    'MethodMustReturn',
    'FirstParameterMustTakeThePayloadOf',
    'payload_type_invisible',
    'SqliteStore found no SQLite driver',
    'The widget that this came from has no such button.',
    'is not available.',
    'unauthorized',
    'stream.error',
    'internal_error',
  ]) {
    expect(symptoms).toContain(text);
    expect(source).toContain(text);
  }
});

it("the client's example for tests needs no server", async () => {
  const block = codeBlocks('docs/client.md').find(({ code }) => code.includes('kindsOfEvents'))!;
  const { kindsOfEvents } = runBlock(block, (name) => jest.requireActual(name)) as {
    kindsOfEvents: () => Promise<string[]>;
  };
  expect(await kindsOfEvents()).toEqual([
    'thread.created',
    'thread.item.done',
    'stream_options',
    'thread.item.done',
  ]);
});
