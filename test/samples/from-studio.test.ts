import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { ChatKitClient, userMessage, type WireEvent } from './chatkit-client';
import { compileSample, freePort, SampleProcess, type CompiledSample } from './sample-process';

jest.setTimeout(60_000);

let sample: CompiledSample;
let server: SampleProcess;
let client: ChatKitClient;
let port: number;

beforeAll(async () => {
  sample = compileSample('from-studio');
  port = await freePort();
  server = await SampleProcess.spawn(sample.main, { PORT: String(port) }).listening();
  client = new ChatKitClient(`http://localhost:${String(port)}/chatkit`);
});

afterAll(async () => {
  await server.stop('SIGTERM');
  rmSync(sample.folder, { recursive: true });
});

interface Shown {
  thread_id: string;
  item_id: string;
}

async function bookingCard(): Promise<Shown & { card: unknown }> {
  const events = await client.stream('threads.create', { input: userMessage('Hungry') });
  const { item } = events.findLast(({ type }) => type === 'thread.item.done')!;
  return { thread_id: events[0]!.thread.id, item_id: item.id, card: item.widget };
}

function press({ thread_id, item_id }: Shown, type: string, payload: object): Promise<WireEvent[]> {
  return client.stream('threads.custom_action', { thread_id, item_id, action: { type, payload } });
}

test("the card is the template's, with the data in it", async () => {
  const { card } = await bookingCard();
  expect(card).toMatchObject({
    type: 'Card',
    asForm: true,
    confirm: { action: { type: 'table.book', payload: { restaurantId: 'rst_1' } } },
    children: [{ value: 'Zur Linde' }, { value: 'Austrian, Graz' }, {}, {}, { name: 'time' }, {}, {}, {}],
  });
});

test("pressing Book calls the handler with the template's payload and the form's fields", async () => {
  const shown = await bookingCard();
  // What the page sends: the form's values are merged in, and an Input's is text.
  const events = await press(shown, 'table.book', { restaurantId: 'rst_1', time: '20:00', guests: '4' });
  expect(events.map(({ type }) => type)).toEqual([
    'stream_options',
    'thread.item.replaced',
    'thread.item.done',
  ]);
  expect(events[1]).toMatchObject({
    item: { id: shown.item_id, widget: { children: [{ children: [{}, { value: '4 guests at 20:00' }] }] } },
  });
  expect(client.received).not.toContain('BOOKED');
});

test('the other button brings the form along, too, and needs none of it', async () => {
  const shown = await bookingCard();
  const events = await press(shown, 'table.dismiss', { restaurantId: 'rst_1', time: '', guests: '2' });
  expect(events[1]).toMatchObject({ item: { widget: { children: [{ value: 'Not tonight, then.' }] } } });
});

test('a field that does not fit is named, and nothing is booked', async () => {
  const shown = await bookingCard();
  const events = await press(shown, 'table.book', {
    restaurantId: 'rst_1',
    time: '20:00',
    guests: 'dozens',
  });
  expect(events.map(({ type }) => type)).toEqual(['stream_options', 'error']);
  expect(events[1]).toMatchObject({ code: 'custom', message: expect.stringContaining('guests') });
});

test('the check proves the template against the handlers', () => {
  const printed = execFileSync(
    process.execPath,
    [sample.command, 'check', '--app', join(sample.dist, 'app.js')],
    {
      encoding: 'utf8',
    },
  );
  expect(printed).toBe('No problems: 2 actions in 1 widget, each with a handler.\n');
});

test('the sample listens for this machine alone, and says where', async () => {
  expect(server.stdout).toBe(`Table booking: http://127.0.0.1:${String(port)}/chatkit\n`);
  // On Linux every address of 127.0.0.0/8 is this machine's own.
  if (process.platform === 'linux') {
    await expect(fetch(`http://127.0.0.2:${String(port)}/`)).rejects.toThrow('fetch failed');
  }
});

test('an action is taken only from a card that can send it', async () => {
  const shown = await bookingCard();
  const forged = { restaurantId: 'rst_2', time: '20:00', guests: '4' };
  const refused = ['stream_options', 'error'];
  expect((await press(shown, 'table.book', forged)).map(({ type }) => type)).toEqual(refused);
  await press(shown, 'table.dismiss', { restaurantId: 'rst_1' });
  const late = await press(shown, 'table.book', { ...forged, restaurantId: 'rst_1' });
  expect(late.map(({ type }) => type)).toEqual(refused);
});
