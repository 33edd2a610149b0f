import { createServer } from 'node:http';
import { createCatCaretaker, PAGE_OPTIONS } from '../../../samples/cat-caretaker/app';
import { createCatAgent } from '../../../samples/cat-caretaker/agent';
import { CatController } from '../../../samples/cat-caretaker/cat-controller';
import { script } from '../../../samples/cat-caretaker/script';
import { careForCat, lookAtCat, moreNames, pickName } from '../../../samples/cat-caretaker/widgets';
import { chatMatchers, testChat } from '../../../src/testing';
import { scriptedModel, toolCall } from '../../../src/testing/agents';
import { threadIdOf } from '../../support/chat';
import { post } from '../../support/client';
import * as wire from '../../support/requests';
import { serve, widgetOf } from './support';

expect.extend(chatMatchers);

const NAMES = ['Miso', 'Comet', 'Biscuit'];
const model = () => scriptedModel(script);

const caretaker = (asked = model()) =>
  testChat({
    controllers: [new CatController(createCatAgent(asked))],
    actionsFromWidgetOnly: true,
    throwOnError: true,
  });

it('a tool changes the cat of the thread, and tells page and model of it', async () => {
  const asked = scriptedModel([
    toolCall('care_for_cat', { care: 'feed', how: 'a tin of tuna' }),
    'Yum.',
    'Full.',
  ]);
  const chat = caretaker(asked);
  const fed = await chat.send('The cat is hungry.');
  expect(fed).toHaveEffect('cat_changed', { food: 8, mood: 6, fur: 2 });
  expect(fed).toHaveHiddenContext(/feed \(a tin of tuna\)/);
  expect(fed).toHaveSaid('Yum.');
  expect(JSON.stringify(asked.requests[1]!.input)).toContain('food 8');
  await chat.send('How is it?');
  expect(JSON.stringify(asked.requests[2]!.input)).toContain('a tin of tuna');
});

it('each thread has a cat of its own, and no need leaves the range', async () => {
  const chat = caretaker();
  await chat.send('Show me the card.');
  for (let times = 0; times < 4; times += 1) await chat.action(careForCat, { care: 'feed' });
  expect(await chat.action(lookAtCat, undefined, { sender: null })).toHaveEffect('cat_changed', {
    food: 10,
    fur: 0,
  });
  const other = chat.newThread();
  expect(await other.action(lookAtCat, undefined, { sender: null })).toHaveEffect('cat_changed', {
    food: 4,
    fur: 3,
  });
});

it('the buttons of the card care for the cat, without a model', async () => {
  const asked = model();
  const chat = caretaker(asked);
  const [card] = (await chat.send('Show me the card.')).widgets;
  const before = asked.requests.length;
  const brushed = await chat.action(careForCat, { care: 'brush' });
  expect(brushed).toHaveReplaced(card, { type: 'Card' });
  expect(JSON.stringify(brushed.widgets[0]!.widget)).toContain('fur 8');
  expect(brushed).toHaveEffect('cat_changed', { fur: 8 });
  expect(asked.requests).toHaveLength(before);
});

it('a name that is clicked is for good', async () => {
  const chat = caretaker();
  const first = await chat.send('Which name fits?');
  const second = await chat.send('And which other names?');
  const picked = await chat.action(pickName, { name: 'Miso', names: NAMES }, { sender: first.widgets[0]! });
  expect(picked).toHaveReplaced(first.widgets[0]);
  expect(JSON.stringify(picked.widgets)).not.toContain('onClickAction');
  expect(picked).toHaveEffect('cat_changed', { name: 'Miso' });
  expect(picked).toHaveHiddenContext('The user has named the cat Miso.');
  expect(picked.thread.thread).toMatchObject({ title: 'At home with Miso' });

  const names = ['Pixel', 'Waffle', 'Juno'];
  const late = await chat.action(pickName, { name: 'Juno', names }, { sender: second.widgets[0]! });
  expect(late).toHaveSaid(/called Miso already/);
  expect(late.effects).toEqual([]);
  expect(late.thread.thread).toMatchObject({ title: 'At home with Miso' });
});

it('asks the model for other names', async () => {
  const chat = caretaker();
  await chat.send('Which name fits?');
  const [list] = (await chat.action(moreNames)).widgets;
  expect(JSON.stringify(list!.widget)).toContain('Waffle');
});

it.each(PAGE_OPTIONS.startScreen.prompts)('the script knows the prompt “$prompt”', async ({ prompt }) => {
  const { items } = await caretaker().send(prompt);
  expect(JSON.stringify(items)).not.toContain('No model is set up');
});

it('works over HTTP', async () => {
  const { url } = await serve(createServer(createCatCaretaker(model())));
  const { events } = await post(`${url}/chatkit`, wire.create('Show me the card.'));
  expect(events).toContainEqual({ type: 'stream_options', stream_options: { allow_cancel: false } });
  const care = wire.act(threadIdOf({ events }), widgetOf(events).id, 'cat.care', { care: 'play' });
  const played = await post(`${url}/chatkit`, care);
  expect(played.events.map(({ type }) => type)).toEqual([
    'stream_options',
    'thread.item.replaced',
    'thread.updated',
    'client_effect',
  ]);
  expect(played.text).not.toContain('The user did this');
  expect(await (await fetch(`${url}/options`)).json()).toHaveProperty('startScreen.greeting');
});
