import { ItemController, type Visitor } from '../../samples/quickstart/item-controller';
import { ItemService } from '../../samples/quickstart/items';
import {
  acceptConfirmation,
  dangerousAction,
  selectItem,
  starItem,
  submitForm,
} from '../../samples/quickstart/actions';
import { chatMatchers, testChat } from '../../src/testing';

expect.extend(chatMatchers);

const ada: Visitor = { userId: 'ada', role: 'user' };

/** The quickstart's controller, as an app of its own would test it. */
const quickstart = () =>
  testChat({
    controllers: [new ItemController(new ItemService())],
    actionsFromWidgetOnly: true,
    user: ada,
  });

it('shows a list, a form, a confirmation and a button for admins', async () => {
  const { messages, widgets } = await quickstart().send('Hello');
  expect(messages).toEqual(['You said: “Hello”. Here is what you can do.']);
  expect(widgets.map(({ widget }) => widget.type)).toEqual(['ListView', 'Card', 'Card', 'Card']);
});

it('selects, with a hidden note for the model', async () => {
  const chat = quickstart();
  const [list] = (await chat.send('Hello')).widgets;
  const selected = await chat.action(selectItem, { id: 'item_2' });
  expect(selected).toHaveReplaced(list);
  expect(selected).toHaveHiddenContext('<SELECTED>item_2</SELECTED>');
  expect(selected).toHaveSaid('Selected item_2. What next?');
  expect(selected).toHaveEffect('selection_mode', { itemId: 'item_2' });
});

it('keeps a star beside the selection, and each user a record of their own', async () => {
  const chat = quickstart();
  await chat.send('Hello');
  await chat.action(selectItem, { id: 'item_2' });
  const [starred] = (await chat.syncAction(starItem, { id: 'item_1' })).widgets;
  const labels = JSON.stringify(starred?.widget);
  expect(labels).toContain('"Starred"');
  expect(labels).toContain('"Selected"');
  const [other] = (await chat.as({ userId: 'bob', role: 'user' }).send('Hi')).widgets;
  expect(JSON.stringify(other?.widget)).not.toContain('"Starred"');
});

it.each([
  [
    'an empty name',
    { name: '', email: 'ada@example.com' },
    'name must be longer than or equal to 1 characters',
  ],
  [
    'a name of blanks',
    { name: '  ', email: 'ada@example.com' },
    'name must be longer than or equal to 1 characters',
  ],
  ['no email', { name: 'Ada', email: 'ada' }, 'email must be an email'],
])('refuses a form with %s, and says which field it is', async (_, payload, problem) => {
  const chat = quickstart();
  await chat.send('Hello');
  const { error, events } = await chat.action(submitForm, payload);
  expect(error).toMatchObject({ code: 'custom', message: `Invalid payload: ${problem}`, allow_retry: false });
  expect(events).toHaveLength(2);
});

it('answers a form that is right as it answers a message', async () => {
  const chat = quickstart();
  await chat.send('Hello');
  const submitted = await chat.action(submitForm, { name: ' Ada Lovelace ', email: 'ada@example.com' });
  expect(submitted).toHaveSaid(/Form submitted: Ada Lovelace, ada@example\.com/);
  expect(submitted.widgets).toHaveLength(4);
});

it('confirms: the widget, the effect', async () => {
  const chat = quickstart();
  await chat.send('Hello');
  const confirmed = await chat.action(acceptConfirmation, { item_id: 'item_1' });
  expect(confirmed).toHaveReplaced({ title: 'Espresso machine: confirmed' });
  expect(confirmed).toHaveEffect('item_confirmed', { itemId: 'item_1' });
});

it('lets admins alone do what is dangerous', async () => {
  const chat = quickstart();
  await chat.send('Hello');
  expect(await chat.action(dangerousAction)).toHaveSaid('Permission denied.');
  const admin = chat.as({ userId: 'root', role: 'admin' });
  await admin.send('Hello');
  expect(await admin.action(dangerousAction)).toHaveSaid('Done. Nothing was harmed.');
});

it.each([
  ['the form selects an item', 'form.submit', 'item.select', { id: 'item_1' }],
  ['the list has an item that it does not show', 'item.select', 'item.select', { id: 'item_9' }],
  ['the list sends the form', 'item.select', 'form.submit', { name: 'Ada', email: 'ada@example.com' }],
  ['the form confirms', 'form.submit', 'confirm.accept', { item_id: 'item_2' }],
])('takes an action only as its widget can send it: not where %s', async (_, from, type, payload) => {
  const chat = quickstart();
  await chat.send('Hello');
  const forged = await chat.action(type, payload, {
    sender: ({ widget }) => JSON.stringify(widget).includes(`"type":"${from}"`),
  });
  expect(forged.error).toMatchObject({ message: 'The widget that this came from has no such button.' });
  expect(forged).not.toHaveReplaced();
});
