import { createServer } from 'node:http';
import { Agent } from '@openai/agents';
import { createMetroAgent } from '../../../samples/metro-map/agent';
import { createMetroMap, PAGE_OPTIONS } from '../../../samples/metro-map/app';
import { MetroController } from '../../../samples/metro-map/metro-controller';
import { Network } from '../../../samples/metro-map/network';
import { script } from '../../../samples/metro-map/script';
import { pickLine, placeStation } from '../../../samples/metro-map/widgets';
import { chatMatchers, testChat } from '../../../src/testing';
import { scriptedModel } from '../../../src/testing/agents';
import { threadIdOf } from '../../support/chat';
import { post } from '../../support/client';
import * as wire from '../../support/requests';
import { serve, widgetOf } from './support';

expect.extend(chatMatchers);

function metro() {
  const model = scriptedModel(script);
  const network = new Network();
  const agent = createMetroAgent(model, network);
  const titles = new Agent({ name: 'Titles', instructions: 'a title', model: scriptedModel(script) });
  const chat = testChat({
    controllers: [new MetroController(agent, titles, network)],
    actionsFromWidgetOnly: true,
    throwOnError: true,
  });
  return { chat, network, model };
}

it('asks the page for its selection, and the agent goes on with what the page answers', async () => {
  const { chat, model } = metro();
  const asked = await chat.send('What have I selected?');
  const call = asked.thread.items.at(-1);
  expect(call).toMatchObject({ type: 'client_tool_call', name: 'get_selected_stations', status: 'pending' });
  expect(asked.thread.thread).toMatchObject({ title: 'Metro plans' });
  const answered = await chat.toolOutput({ ids: ['farm', 'baths'] });
  expect(answered).toHaveSaid(/^Done\. .*"farm","baths"/);
  expect(JSON.stringify(model.requests.at(-1)!.input)).toContain('farm');
});

it('a line is chosen once, and the agent asks for what is missing', async () => {
  const { chat } = metro();
  const [list] = (await chat.send('I want to add a new station.')).widgets;
  const picked = await chat.action(pickLine, { line: 'teal' });
  expect(picked).toHaveReplaced(list);
  expect(JSON.stringify(picked.widgets)).not.toContain('onClickAction');
  expect(picked).toHaveHiddenContext(/Teal Line \(id teal\)/);
  expect(picked).toHaveEffect('choose_end', { line: 'teal' });
  expect(picked).toHaveSaid(/first stop or at its last/);
});

it.each([
  ['first', { x: 3, y: 0 }],
  ['last', { x: 5, y: 5 }],
] as const)('a station is built at the %s stop, beyond the end of the line', async (end, place) => {
  const { chat, network } = metro();
  const placed = await chat.action(placeStation, { line: 'teal', end }, { sender: null });
  expect(placed).toHaveSaid(`Done. Seagull Steps is the ${end} stop of the Teal Line.`);
  expect(network.stations.at(-1)).toMatchObject({ name: 'Seagull Steps', ...place });
  expect(placed).toHaveEffect('map_changed', { added: network.stations.at(-1)!.id });
  const { stops } = network.line('teal')!;
  expect(stops.at(end === 'first' ? 0 : -1)).toBe(network.stations.at(-1)!.id);
});

it('the shortest way cites its stations where they are named', async () => {
  const { chat } = metro();
  const { items, messages, effects } = await chat.send('Which is the way?');
  expect(messages).toEqual([
    '4 stops: Old Quay, then Market Hall, then Mint Bridge, then Chapel Hill, then Wind Farm.',
  ]);
  const message = items.find((item) => item.type === 'assistant_message')!;
  const [{ text, annotations }] = message.content as [(typeof message.content)[number]];
  for (const { source, index } of annotations) expect(text.slice(0, index).endsWith(source.title)).toBe(true);
  expect(effects[0]).toMatchObject({ data: { ids: ['quay', 'market', 'mint', 'hill', 'farm'] } });
});

it('no way is no error', () => {
  const network = new Network();
  expect(network.route('quay', 'moon')).toEqual([]);
  expect(network.route('mint', 'mint').map(({ name }) => name)).toEqual(['Mint Bridge']);
});

it('the model reads all about a station that is mentioned', async () => {
  const { chat, model } = metro();
  const tag = { type: 'input_tag', id: 'baths', text: 'River Baths', data: {}, interactive: true } as const;
  const { messages } = await chat.send({ content: [tag, { type: 'input_text', text: ', what is that?' }] });
  expect(messages).toEqual(['You mean this one: Cold water, warm stones.']);
  expect(JSON.stringify(model.requests[0]!.input)).toContain('Teal Line');
});

it.each(PAGE_OPTIONS.startScreen.prompts)('the script knows the prompt “$prompt”', async ({ prompt }) => {
  const { items } = await metro().chat.send(prompt);
  expect(JSON.stringify(items)).not.toContain('No model is set up');
});

it('works over HTTP', async () => {
  const { url } = await serve(createServer(createMetroMap(scriptedModel(script))));
  const { events } = await post(`${url}/chatkit`, wire.create('A new station, please'));
  const threadId = threadIdOf({ events });
  await post(`${url}/chatkit`, wire.act(threadId, widgetOf(events).id, 'line.pick', { line: 'plum' }));
  await post(
    `${url}/chatkit`,
    wire.act(threadId, undefined, 'station.place', { line: 'plum', end: 'first' }),
  );
  const map = (await (await fetch(`${url}/map`)).json()) as { stations: { name: string }[] };
  expect(map.stations.at(-1)).toMatchObject({ name: 'Seagull Steps', x: 1, y: 1 });
  const asked = await post(`${url}/chatkit`, wire.say(threadId, 'What have I selected?'));
  expect(asked.events.at(-1)).toMatchObject({ item: { type: 'client_tool_call', status: 'pending' } });
  const answered = await post(`${url}/chatkit`, wire.toolOutput(threadId, { ids: ['hill'] }));
  expect(answered.text).toContain('hill');
});
