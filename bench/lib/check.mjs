import { deepStrictEqual } from 'node:assert/strict';
import { EXPECTED_ITEMS, expectedEvents, PATH, requestBody, threadId } from '../workload.mjs';

const INDEX = 0;

async function click(port) {
  const response = await fetch(`http://127.0.0.1:${String(port)}${PATH}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: requestBody(INDEX),
  });
  return { status: response.status, type: response.headers.get('content-type'), text: await response.text() };
}

function eventsOf(text) {
  return text
    .split('\n\n')
    .filter((block) => block.startsWith('data: '))
    .map((block) => JSON.parse(block.slice('data: '.length)));
}

/** Ids and times that a server makes up cannot be compared, only that they are there. */
function withoutInventions(event) {
  if (event.type !== 'thread.item.done') return event;
  const { id, created_at, ...item } = event.item;
  if (typeof id !== 'string' || Number.isNaN(Date.parse(created_at))) {
    throw new Error(`An item without id or time: ${JSON.stringify(event)}`);
  }
  return { ...event, item };
}

/**
 * Has one click answered and compares what comes, and what is stored, with what must come. Returns
 * the length of the answer.
 */
export async function check({ title, skipsOptions = false }, server) {
  const { status, type, text } = await click(server.hello.port);
  try {
    deepStrictEqual(status, 200);
    deepStrictEqual(type.split(';')[0], 'text/event-stream');
    const events = eventsOf(text);
    const options = skipsOptions ? [] : [events.shift()];
    deepStrictEqual(
      options.map((event) => event.type),
      skipsOptions ? [] : ['stream_options'],
    );
    deepStrictEqual(events.map(withoutInventions), expectedEvents(INDEX));
    deepStrictEqual(await server.ask('storedTypes', { threadId: threadId(INDEX) }), EXPECTED_ITEMS);
  } catch (cause) {
    throw new Error(`${title} does not do what it should:\n${text.slice(0, 500)}`, { cause });
  }
  return Buffer.byteLength(text);
}
