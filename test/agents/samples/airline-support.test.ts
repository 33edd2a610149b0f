import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSupportAgent, createTitleAgent } from '../../../samples/airline-support/agent';
import { createAirlineSupport, PAGE_OPTIONS } from '../../../samples/airline-support/app';
import { Customers } from '../../../samples/airline-support/customers';
import type { Trip } from '../../../samples/airline-support/offers';
import { script } from '../../../samples/airline-support/script';
import { SupportController } from '../../../samples/airline-support/support-controller';
import { lookAtCustomer, pickFlight, pickMeal } from '../../../samples/airline-support/widgets';
import { agentController } from '../../../src/agents';
import { createClient } from '../../../src/client';
import { chatMatchers, testChat } from '../../../src/testing';
import { scriptedModel, toolCall, type ScriptedModel } from '../../../src/testing/agents';
import { freePort } from '../../samples/sample-process';
import { serve } from './support';

expect.extend(chatMatchers);

function support(model: ScriptedModel = scriptedModel(script)) {
  const customers = new Customers();
  const agent = createSupportAgent(model, customers);
  const titles = createTitleAgent(scriptedModel(script));
  return testChat({
    controllers: [
      new SupportController({ agent, titles, customers, runOptions: {} }),
      agentController({ agents: [agent] }),
    ],
    actionsFromWidgetOnly: true,
    throwOnError: true,
    user: 'ingrid',
  });
}

const TRIP: Trip = { from: 'BGO', to: 'LIS', date: '2027-06-01', back: '2027-06-08', cabin: 'economy' };

it('a tool changes the file of the customer, the panel shows it, and the thread gets a title', async () => {
  const chat = support();
  const moved = await chat.send('A window seat, please.');
  expect(moved).toHaveEffect('customer_changed', { notes: ['Seat 9A on FJ 204'] });
  expect(moved).toHaveSaid('Done. Seat 9A on FJ 204.');
  expect(moved.thread.thread).toMatchObject({ title: 'Your trip' });
  const other = await chat.as('olav').action(lookAtCustomer, undefined, { sender: null });
  expect(other).toHaveEffect('customer_changed', { notes: [] });
});

it('the model reads the file as it is, and what is wrong with a call', async () => {
  const model = scriptedModel([
    toolCall('change_seat', { flight: 'FJ 204', seat: '99Z' }),
    'There is none.',
    'Hello.',
  ]);
  const chat = support(model);
  await chat.send('Seat 99Z, please.');
  expect(JSON.stringify(model.requests[1]!.input)).toContain('There is no seat 99Z');
  expect(model.requests[0]!.systemInstructions).toContain('"meal":"no preference"');
});

it.each([
  ['accepts', 'confirm', true],
  ['declines', 'cancel', false],
])('a trip is cancelled only if the customer %s it', async (_, button, isCancelled) => {
  const chat = support();
  const [question] = (await chat.send('Please cancel my trip.')).widgets;
  const look = () => chat.action(lookAtCustomer, undefined, { sender: null });
  expect(await look()).toHaveEffect('customer_changed', { notes: [] });
  const { action } = question!.widget[button] as { action: { type: string; payload: unknown } };
  await chat.action(action.type, action.payload, { sender: question! });
  const flights = (await look()).effects[0]!.data['flights'] as { isCancelled: boolean }[];
  expect(flights.every((flight) => flight.isCancelled)).toBe(isCancelled);
});

it('a meal may be chosen again and again, and the agent learns of it', async () => {
  const model = scriptedModel([toolCall('show_meals'), 'Enjoy.']);
  const chat = support(model);
  const [list] = (await chat.send('What is there to eat?')).widgets;
  await chat.action(pickMeal, { meal: 'halal' });
  const picked = await chat.action(pickMeal, { meal: 'vegan' });
  expect(picked).toHaveReplaced(list, { type: 'ListView' });
  expect(picked).toHaveEffect('customer_changed', { meal: 'vegan' });
  expect(picked).toHaveHiddenContext(/vegan/);
  await chat.send('Thank you');
  expect(JSON.stringify(model.requests[1]!.input)).toContain('has chosen the meal: vegan');
});

it('a flight is booked once, then the flights back are shown', async () => {
  const chat = support();
  const [list] = (await chat.send('I want to fly to Lisbon')).widgets;
  const [, { onClickAction }] = list!.widget['children'] as [
    unknown,
    { onClickAction: { payload: { number: string } } },
  ];
  const { number } = onClickAction.payload;
  const booked = await chat.action(pickFlight, { trip: TRIP, number });
  expect(booked).toHaveReplaced(list);
  expect(booked.messages).toEqual([
    `Booked ${number} from BGO to LIS on 2027-06-01 at 13:10, seat 17C.`,
    'And these fly back:',
  ]);
  expect(booked).toHaveHiddenContext(/By a click of the customer: Booked/);
  expect(JSON.stringify(booked.widgets.at(-1))).toContain('LIS to BGO, 2027-06-08');
  const again = chat.action(pickFlight, { trip: TRIP, number }, { sender: list! });
  await expect(again).rejects.toMatchObject({
    event: { message: 'The widget that this came from has no such button.' },
  });
});

it.each(PAGE_OPTIONS.startScreen.prompts)('the script knows the prompt “$prompt”', async ({ prompt }) => {
  const { items } = await support().send(prompt);
  expect(JSON.stringify(items)).not.toContain('No model is set up');
});

it('works over HTTP: a picture is uploaded, and the model reads it', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'airline-'));
  try {
    const port = await freePort();
    const model = scriptedModel(script);
    const url = `http://127.0.0.1:${String(port)}`;
    await serve(createServer(createAirlineSupport({ model, url, directory })), port);
    const client = createClient({ url: `${url}/chatkit` });
    const bytes = Buffer.from('89504e470d0a1a0a', 'hex');
    const photo = await client.attachments.create({ name: 'suitcase.png', size: 8, mime_type: 'image/png' });
    const { url: to, method, headers = {} } = photo.upload_descriptor!;
    expect((await fetch(to, { method, headers, body: bytes })).status).toBe(200);
    const events: object[] = [];
    for await (const event of client.threads.create({ content: 'My photo', attachments: [photo] }))
      events.push(event);
    expect(JSON.stringify(events)).toContain('I have your picture.');
    expect(JSON.stringify(model.requests)).toContain('data:image/png;base64,iVBORw0KGgo=');
  } finally {
    rmSync(directory, { recursive: true });
  }
});
