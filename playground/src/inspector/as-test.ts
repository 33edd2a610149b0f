import { isStream, type LoggedRequest } from '../data/wire-log';
import { parsed } from './parsed';

/** A request as a test that sends it again and expects events of the same types. */
export function asTest(request: LoggedRequest): string {
  const { operation, headers, body, events } = request;
  const { params } = parsed(body) as { params?: unknown };
  const own = Object.entries(headers).filter(([name]) => name !== 'content-type' && name !== 'accept');
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
  const expected = isStream(request)
    ? [
        `  const events = await client.stream(${call}).collect();`,
        `  expect(events.map(({ type }) => type)).toEqual(${JSON.stringify(types)});`,
      ]
    : [`  expect(await client.send(${call})).toBeDefined();`];
  return [...head, ...expected, '});', ''].join('\n');
}
