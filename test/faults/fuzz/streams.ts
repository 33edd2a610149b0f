import { createClient, createThreadState, reduceThread, type ThreadStreamEvent } from '../../../src/client';
import { Random } from '../random';
import type { Findings } from '../report';
import { EVENTS } from './events';
import { mutateBytes } from './mutate-bytes';
import { mutateValue } from './mutate-value';
import { toJson } from './values';
import { prototypes } from './prototypes';
import { shrink } from './shrink';
import { framesOf } from './whole-text-parser';

/** What the client makes of a stream: its events, and how it ended. */
interface Reading {
  readonly events: ThreadStreamEvent[];
  /** The code of the error that it ended with; its text where it is none that callers are told to expect. */
  readonly end: string | undefined;
}

/**
 * Has the client read so many streams of valid and mutated bytes, in random pieces, and holds what it made
 * of them against a reader that has the whole text at once.
 */
export async function streams(count: number, seed: number): Promise<Findings> {
  const polluted = prototypes();
  const wrong: string[] = [];
  for (let number = 0; number < count && wrong.length < 5; number += 1) {
    const bytes = streamOf(new Random(seed * 1_000_003 + number));
    const problem = await wrongWith(bytes, number);
    if (problem === undefined) continue;
    const smallest = await shrink(bytes, async (smaller) => (await wrongWith(smaller, number)) !== undefined);
    wrong.push(`stream ${String(number)}: ${problem}\n  smallest: ${JSON.stringify(smallest.toString())}`);
  }
  wrong.push(...polluted().map((name) => `${name} was touched`));
  return {
    wrong: { 'the client reads any stream as it is, however it is cut': wrong },
    figures: { streams: count },
  };
}

function streamOf(random: Random): Buffer {
  const lineEnd = random.of(['\n', '\n', '\r\n', '\r']);
  const parts = Array.from({ length: Math.floor(random.next() * 8) }, () => {
    const event = random.of(EVENTS);
    const value = random.chance(0.4) ? mutateValue(event, random) : event;
    const lines = toJson(value).slice(0, 10_000);
    const data = random.chance(0.3) ? lines.replaceAll(',', ',\ndata: ') : lines;
    return `${random.of(['', '', '', ': beat\n\n', 'id: 1\n', 'data\n\n'])}data: ${data}\n\n`;
  });
  const bytes = Buffer.from(parts.join('').replaceAll('\n', lineEnd));
  return random.chance(0.6) ? mutateBytes(bytes, random) : bytes;
}

async function wrongWith(bytes: Buffer, seed: number): Promise<string | undefined> {
  const expected = readWhole(bytes);
  const seen = await read(piecesOf(bytes, new Random(seed)));
  if (JSON.stringify(seen) !== JSON.stringify(expected)) {
    return `read as ${JSON.stringify(seen).slice(0, 300)}, it is ${JSON.stringify(expected).slice(0, 300)}`;
  }
  try {
    seen.events.reduce(reduceThread, createThreadState());
  } catch (error) {
    return `reduceThread threw ${String(error)}`;
  }
  return undefined;
}

function piecesOf(bytes: Buffer, random: Random): Buffer[] {
  const pieces: Buffer[] = [];
  const longest = random.of([1, 3, 20, 1_000, 100_000]);
  for (let at = 0; at < bytes.length;) {
    const end = at + Math.floor(random.next() * (longest + 1));
    pieces.push(bytes.subarray(at, end));
    at = end;
  }
  return pieces;
}

async function read(pieces: readonly Buffer[]): Promise<Reading> {
  const rest = pieces.values();
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const { value, done } = rest.next();
      if (done === true) controller.close();
      else controller.enqueue(value);
    },
  });
  const response = new Response(body, { headers: { 'content-type': 'text/event-stream' } });
  const events: ThreadStreamEvent[] = [];
  try {
    const client = createClient({ url: '/chatkit', fetch: async () => response });
    for await (const event of client.threads.create('Hello')) events.push(event);
    return { events, end: undefined };
  } catch (error) {
    const { code } = error as { code?: string };
    return { events, end: code === 'stream_broken' || code === 'invalid_event' ? code : String(error) };
  }
}

/** What the client is to make of it. */
function readWhole(bytes: Buffer): Reading {
  const { frames, isWhole } = framesOf(new TextDecoder().decode(bytes));
  const events: ThreadStreamEvent[] = [];
  for (const data of frames.filter((each) => each !== '')) {
    const event = toEvent(data);
    if (event === undefined) return { events, end: 'invalid_event' };
    events.push(event);
  }
  return { events, end: isWhole ? undefined : 'stream_broken' };
}

function toEvent(data: string): ThreadStreamEvent | undefined {
  try {
    const value = JSON.parse(data) as { type?: unknown } | null;
    return typeof value?.type === 'string' && !Array.isArray(value)
      ? (value as ThreadStreamEvent)
      : undefined;
  } catch {
    return undefined;
  }
}
