import type { LoggedRequest } from '../data/wire-log';
import { parsed } from './parsed';
import { redactHeaders, redactLinks } from './redact';

const STREAMS = new Set([
  'threads.create',
  'threads.add_user_message',
  'threads.add_client_tool_output',
  'threads.add_structured_input',
  'threads.retry_after_item',
  'threads.custom_action',
]);

/** A request as a test that sends it again and expects events of the same types. */
export function asTest({ operation, headers, body, events }: LoggedRequest): string {
  const { params } = parsed(redactLinks(body)) as { params?: unknown };
  const own = Object.entries(redactHeaders(headers)).filter(
    ([name]) => name !== 'content-type' && name !== 'accept',
  );
  const call = `${JSON.stringify(operation)}, ${JSON.stringify(params, undefined, 2)}`;
  const head = [
    "import { createClient } from 'chatkit-controllers/client';",
    "import { chat } from './chat'; // chatkit(…) of chatkit-controllers/fetch",
    '',
    `const client = createClient({ url: 'http://chat.test/chatkit', headers: ${JSON.stringify(Object.fromEntries(own))}, fetch: (url, init) => chat(new Request(url, init)) });`,
    '',
    `test(${JSON.stringify(operation)}, async () => {`,
  ];
  const types = events.map(({ text }) => (parsed(text) as { type?: unknown }).type);
  const expected = STREAMS.has(operation)
    ? [
        `  const events = await client.stream(${call}).collect();`,
        `  expect(events.map(({ type }) => type)).toEqual(${JSON.stringify(types)});`,
      ]
    : [`  expect(await client.send(${call})).toBeDefined();`];
  return [...head, ...expected, '});', ''].join('\n');
}
