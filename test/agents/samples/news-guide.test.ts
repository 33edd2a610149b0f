import { createServer } from 'node:http';
import { Agent } from '@openai/agents';
import { createNewsAgents, type Reader } from '../../../samples/news-guide/agents';
import { createNewsGuide, PAGE_OPTIONS } from '../../../samples/news-guide/app';
import { NewsController } from '../../../samples/news-guide/news-controller';
import { script } from '../../../samples/news-guide/script';
import { openArticle, showEvent } from '../../../samples/news-guide/widgets';
import { chatMatchers, testChat } from '../../../src/testing';
import { scriptedModel } from '../../../src/testing/agents';
import { threadIdOf } from '../../support/chat';
import { post } from '../../support/client';
import * as wire from '../../support/requests';
import { serve, widgetOf } from './support';

expect.extend(chatMatchers);

function paper(reader: Partial<Reader> = {}) {
  const model = scriptedModel(script);
  const titles = new Agent({ name: 'Titles', instructions: 'a title', model: scriptedModel(script) });
  const chat = testChat<Reader>({
    controllers: [new NewsController(createNewsAgents(model), titles)],
    actionsFromWidgetOnly: true,
    throwOnError: true,
    user: { userId: 'reader', ...reader },
  });
  return { chat, model };
}

const withTool = (content: string, id: string) => ({ content, inference_options: { tool_choice: { id } } });

it('shows what it is doing, then a list of what it found', async () => {
  const { events, messages, widgets } = await paper().chat.send('What is new in the council?');
  expect(events).toContainEqual({
    type: 'progress_update',
    text: 'Searching the archive for council',
    icon: 'search',
  });
  expect(messages).toEqual(['This is what I found:']);
  const { children } = widgets[0]!.widget as unknown as { children: { key: string }[] };
  expect(children.map(({ key }) => key)).toEqual(['clock', 'library']);
});

it('the page opens an article, and the server offers to sum it up', async () => {
  const { chat } = paper();
  const { widgets } = await chat.send('What is new?');
  const opened = await chat.action(openArticle, { id: 'otters' }, { sender: widgets[0]! });
  expect(opened).toHaveSaid(/sum up “Otters move/);
  const unknown = chat.action(openArticle, { id: 'none' }, { sender: widgets[0]! });
  await expect(unknown).rejects.toMatchObject({ event: { message: 'There is no such article.' } });
});

it('a tool of the composer has an agent of its own', async () => {
  const { chat, model } = paper();
  const { widgets } = await chat.send(withTool('What is on on Saturday?', 'events'));
  expect(JSON.stringify(widgets[0]!.widget)).toContain('Otter walk');
  expect(JSON.stringify(widgets[0]!.widget)).not.toContain('Seedling swap');
  await chat.send(withTool('Go on', 'puzzle'));
  expect(
    model.requests.map(({ systemInstructions }) => /weekend|puzzles about/.exec(systemInstructions!)?.[0]),
  ).toEqual(['weekend', 'weekend', 'puzzles about']);
});

it('without a tool, the news agent hands over', async () => {
  const { chat } = paper();
  const { widgets } = await chat.send('Which events are there at the weekend?');
  expect(JSON.stringify(widgets[0]!.widget)).toContain('Seedling swap');
  const { messages } = await chat.newThread().send('A puzzle, please');
  expect(messages).toEqual([expect.stringContaining('One is a lie')]);
});

it('unfolds one event at a time', async () => {
  const { chat } = paper();
  const [card] = (await chat.send(withTool('Saturday', 'events'))).widgets;
  const ids = ['repair', 'walk'];
  const first = await chat.action(showEvent, { id: 'repair', ids });
  expect(first).toHaveReplaced(card);
  expect(JSON.stringify(first.widgets)).toContain('Bring what is broken.');
  const second = await chat.action(showEvent, { id: 'walk', ids });
  expect(JSON.stringify(second.widgets)).toContain('Quiet shoes');
  expect(JSON.stringify(second.widgets)).not.toContain('Bring what is broken.');
});

it.each([
  [{ articleId: 'bakery' }, 'Taxi drivers were first'],
  [{}, 'Otters move into'],
])('knows the page that is open: %j', async (reader, text) => {
  const { messages } = await paper(reader).chat.send('Sum up this page for me.');
  expect(messages.join()).toContain(text);
});

it('the model reads what is mentioned: an article, or all that an author wrote', async () => {
  const mention = async (id: string, group: string) => {
    const { chat, model } = paper();
    await chat.send({ content: [{ type: 'input_tag', id, text: id, data: {}, group, interactive: true }] });
    return JSON.stringify(model.requests[0]!.input);
  };
  expect(await mention('otters', 'Articles')).toContain('Otters move into');
  const byRosa = await mention('Rosa Lindqvist', 'Authors');
  expect(byRosa).toContain('seven minutes fast');
  expect(byRosa).toContain('Night bakery');
  expect(byRosa).not.toContain('Otters');
});

it.each(PAGE_OPTIONS.startScreen.prompts)('the script knows the prompt “$prompt”', async ({ prompt }) => {
  const { items } = await paper().chat.send(prompt);
  expect(JSON.stringify(items)).not.toContain('No model is set up');
});

it('works over HTTP: a header says which article is open', async () => {
  const { url } = await serve(createServer(createNewsGuide(scriptedModel(script))));
  const chat = `${url}/chatkit`;
  const read = await post(chat, wire.create('Sum up this page'), { headers: { 'x-article-id': 'library' } });
  expect(read.text).toContain('Drills may be kept');
  const choice = { inference_options: { tool_choice: { id: 'events' } } };
  const { events } = await post(chat, wire.say(threadIdOf(read), 'On Saturday?', choice));
  const show = wire.act(threadIdOf(read), widgetOf(events).id, 'event.show', {
    id: 'walk',
    ids: ['repair', 'walk'],
  });
  const shown = await post(chat, show);
  expect(shown.events.map(({ type }) => type)).toEqual(['stream_options', 'thread.item.replaced']);
  expect(shown.text).toContain('Quiet shoes');
});
